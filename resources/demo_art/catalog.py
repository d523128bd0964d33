"""Which screens the demo holds, and what happens to each between base and head."""

from .screens import (
    account,
    brand,
    checkout,
    desk_calendar,
    desk_checkout,
    desk_messages,
    desk_settings,
    explore,
    journeys,
    messages,
    months,
    notices,
    onboarding,
    overview,
    search,
    spending,
    stay,
    ticket,
    trips,
)
from .shots import Draw, Screen

WORDS = {
    "onboarding/welcome-phone": ("Welcome", "The first screen after installing."),
    "onboarding/sign-in-phone": ("Sign in", "Returning travellers, password focused."),
    "explore/home-phone": ("Home", "Where the app opens: deals of the week and unfinished trips."),
    "explore/journeys-phone": ("Journeys", "Rail connections for a day, sorted by departure."),
    "explore/stay-phone": ("Stay", "One house, its host and its price."),
    "explore/search-desktop": ("Search with map", "Stays found, beside a map of the region."),
    "checkout/cart-phone": ("Cart", "What a trip consists of and costs."),
    "checkout/payment-phone": ("Payment", "Card chosen, security code focused."),
    "checkout/payment-desktop": ("Payment", "Card form, extras and the sums."),
    "checkout/confirmed-phone": ("Confirmed", "The ticket with its gate code."),
    "checkout/gift-card-phone": ("Gift card", "Buying a gift card by email."),
    "trips/itinerary-phone": ("Itinerary", "A booked trip, day by day."),
    "trips/calendar-phone": ("Calendar", "A month with its trips."),
    "trips/calendar-desktop": ("Team calendar", "A team’s month, with who is where."),
    "trips/saved-empty-phone": ("Saved (empty)", "What is shown before anything is saved."),
    "messages/inbox-phone": ("Inbox", "All conversations, some unread."),
    "messages/chat-phone": ("Chat", "A talk with a host, a trip attached."),
    "messages/inbox-desktop": ("Inbox", "Conversations, one of them, and its trip."),
    "account/settings-phone": ("Settings", "Grouped settings with switches."),
    "account/profile-phone": ("Profile", "What a traveller has done so far."),
    "account/notifications-phone": ("Notifications", "What happened lately, the newest first."),
    "account/rail-pass-phone": ("Rail pass", "The yearly pass and what it brings."),
    "account/settings-desktop": ("Settings", "Profile form and preferences."),
    "spending/six-months-phone": ("Six months", "What travel cost, by month and by kind."),
    "spending/overview-desktop": ("Team overview", "Figures, charts and the latest bookings."),
    "brand/wordmark-on-dark-artwork": ("Wordmark", "White on transparency, for dark grounds."),
    "brand/sticker-artwork": ("Sticker", "Round artwork on transparency."),
}
"""The title of each screen and what it shows."""


def pair(
    draw: Draw, path: str, device: str, light: str, dark: str, trait: str = ""
) -> list[Screen]:
    """Return a screen in light and in dark, `was` after a colon; no case leaves a theme out."""
    group, stem = path.split("/")
    title, about = WORDS[f"{path}-{device}"]
    screens = []
    for theme, case in (("light", light), ("dark", dark)):
        kind, _, was = case.partition(":")
        special = trait if kind == "changed" else ""
        if kind:
            screens.append(
                Screen(draw, group, stem, device, theme, kind, title, about, was, special)
            )
    return screens


SCREENS: list[Screen] = [
    *pair(onboarding.welcome, "onboarding/welcome", "phone", "unchanged", "unchanged"),
    *pair(onboarding.sign_in, "onboarding/sign-in", "phone", "changed", ""),
    *pair(explore.home, "explore/home", "phone", "changed", "changed"),
    *pair(journeys.results, "explore/journeys", "phone", "changed", ""),
    *pair(stay.stay, "explore/stay", "phone", "changed", "unchanged"),
    *pair(search.search, "explore/search", "desktop", "changed", "added"),
    *pair(checkout.cart, "checkout/cart", "phone", "changed", "changed"),
    *pair(checkout.payment, "checkout/payment", "phone", "changed", "unchanged"),
    *pair(desk_checkout.payment, "checkout/payment", "desktop", "changed", "unchanged"),
    *pair(ticket.confirmed, "checkout/confirmed", "phone", "unchanged", ""),
    *pair(checkout.gift, "checkout/gift-card", "phone", "removed", ""),
    *pair(trips.itinerary, "trips/itinerary", "phone", "changed", "unchanged", "resized"),
    *pair(months.calendar, "trips/calendar", "phone", "unchanged", "subtle"),
    *pair(desk_calendar.calendar, "trips/calendar", "desktop", "changed", ""),
    *pair(trips.saved_empty, "trips/saved-empty", "phone", "renamed:empty", ""),
    *pair(messages.inbox, "messages/inbox", "phone", "changed", ""),
    *pair(messages.chat, "messages/chat", "phone", "reencoded", "unchanged"),
    *pair(desk_messages.inbox, "messages/inbox", "desktop", "unchanged", "changed"),
    *pair(account.settings, "account/settings", "phone", "changed", "unchanged"),
    *pair(account.profile, "account/profile", "phone", "renamed:me", ""),
    *pair(notices.notices, "account/notifications", "phone", "added", "added"),
    *pair(account.membership, "account/rail-pass", "phone", "removed", ""),
    *pair(desk_settings.settings, "account/settings", "desktop", "unchanged", ""),
    *pair(spending.month, "spending/six-months", "phone", "changed", "changed"),
    *pair(overview.overview, "spending/overview", "desktop", "changed", "unchanged"),
    *pair(brand.wordmark, "brand/wordmark-on-dark", "artwork", "", "changed", "alpha"),
    *pair(brand.sticker, "brand/sticker", "artwork", "changed", "", "alpha"),
]

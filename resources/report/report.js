"use strict";

// Everything here is a comfort: without it, the page shows all, filters, and opens its images.

const articles = [...document.querySelectorAll("article")];
const chosen = (group) => document.querySelector(`input[name="${group}"]:checked`)?.value ?? "all";
const shown = () => {
    const [status, verdict] = [chosen("status"), chosen("verdict")];
    return articles.filter((article) =>
        !article.hidden
        && (status === "all" || article.dataset.status === status)
        && (verdict === "all" || article.dataset.verdict === verdict));
};

// Find by words

const field = document.getElementById("find");
const texts = new Map();
const textOf = (article) => {
    if (!texts.has(article)) {
        const parts = article.querySelectorAll("h2, .facts, .error, .note");
        texts.set(article, [...parts].map((part) => part.textContent).join("\n").toLowerCase());
    }
    return texts.get(article);
};
const follow = () => {
    const words = field.value.toLowerCase().split(/\s+/).filter(Boolean);
    for (const article of articles) {
        article.hidden = !words.every((word) => textOf(article).includes(word));
    }
    document.getElementById("empty").hidden = shown().length > 0;
};
field.parentElement.hidden = false;
field.addEventListener("input", follow);
document.addEventListener("change", follow);
follow(); // a browser may have kept what was chosen before

// One image, large

const look = document.getElementById("look");
const stage = look.querySelector(".stage");
const picture = stage.querySelector("img");
const sides = look.querySelector(".sides");
const zoom = look.querySelector(".zoom");
let current = null;
let links = [];
let wanted = "Head"; // kept from one image to the next, also past one that has no such side

const captionOf = (link) => link.closest("figure").querySelector("figcaption").firstChild.data;
const linkOf = (caption) => links.find((link) => captionOf(link) === caption);
const marked = () => (linkOf("Overlay") ? "Overlay" : "Mask");
const fit = (whole) => {
    stage.classList.toggle("whole", whole);
    zoom.setAttribute("aria-pressed", String(whole));
};
const paint = () => {
    const link = linkOf(wanted) ?? links.at(-1);
    picture.src = link.href;
    picture.alt = link.querySelector("img").alt;
    for (const button of sides.children) {
        button.setAttribute("aria-pressed", String(button.textContent === captionOf(link)));
    }
};
const turnTo = (caption) => {
    if (!linkOf(caption)) return;
    wanted = caption;
    paint();
};
const show = (article) => {
    current = article;
    links = [...article.querySelectorAll("figure > a")];
    look.querySelector("h2").textContent = article.querySelector("h2").textContent;
    sides.replaceChildren(...links.map((link) => {
        const button = document.createElement("button");
        button.type = "button";
        button.textContent = captionOf(link);
        button.addEventListener("click", () => turnTo(button.textContent));
        return button;
    }));
    paint();
    stage.scrollTo(0, 0);
    if (!look.open) look.showModal();
    stage.focus();
};
const step = (by) => {
    const rows = shown().filter((row) => row === current || row.querySelector("figure > a"));
    const next = rows[rows.indexOf(current) + by];
    if (next) show(next);
};
const keys = {
    ArrowLeft: () => turnTo("Base"),
    ArrowRight: () => turnTo("Head"),
    t: () => turnTo(wanted === "Base" ? "Head" : "Base"),
    d: () => turnTo(wanted === marked() ? "Head" : marked()),
    ArrowUp: () => step(-1),
    ArrowDown: () => step(1),
    " ": () => fit(!stage.classList.contains("whole")),
};
look.addEventListener("keydown", (event) => {
    const act = keys[event.key];
    const pressing = event.key === " " && event.target.closest("button");
    if (!act || pressing || event.ctrlKey || event.metaKey || event.altKey) return;
    event.preventDefault();
    act();
});
look.addEventListener("close", () => current?.scrollIntoView({ block: "nearest" }));
look.querySelector(".close").addEventListener("click", () => look.close());
zoom.addEventListener("click", () => fit(!stage.classList.contains("whole")));
document.querySelector("main").addEventListener("click", (event) => {
    const link = event.target.closest("figure > a");
    const plain = event.button === 0 && !event.ctrlKey && !event.metaKey && !event.shiftKey;
    if (!link || !plain) return;
    event.preventDefault();
    wanted = captionOf(link);
    show(link.closest("article"));
});

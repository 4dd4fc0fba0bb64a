"use strict";
// Draws the pictures and opens the evidence. Texts of articles go into the page as text alone
// (textContent), never as markup.
(() => {
  const content = JSON.parse(document.getElementById("content").textContent);
  const { marks, sentences, articles } = content.evidence;
  const dialog = document.getElementById("evidence");
  const list = document.getElementById("evidence-list");

  const make = (tag, text, parent) => {
    const node = document.createElement(tag);
    if (text !== undefined) node.textContent = text;
    parent?.append(node);
    return node;
  };

  const link = (parent, text, address) => {
    const node = make(address ? "a" : "span", text, parent);
    node.dir = "auto";
    if (address) Object.assign(node, { href: address, target: "_blank", rel: "noopener noreferrer" });
  };

  // Places are counted in characters, as in the tables, not in the halves of JavaScript's strings.
  const sentence = ([number, start, end]) => {
    const [text, article] = sentences[number];
    const [title, outlet, day, address] = articles[article];
    const letters = Array.from(text);
    const item = make("li", undefined, list);
    const words = make("blockquote", undefined, item);
    words.dir = "auto";
    words.append(letters.slice(0, start).join(""));
    if (end > start) make("mark", letters.slice(start, end).join(""), words);
    words.append(letters.slice(end).join(""));
    const source = make("p", undefined, item);
    const soft = make("span", undefined, source);
    soft.className = "soft";
    link(soft, outlet); // by itself, so that its direction of writing leaves the day alone
    soft.append(`, ${day}: `);
    link(source, title, address);
  };

  const listed = ([head, text, address]) => {
    const item = make("li", undefined, list);
    link(make("p", undefined, item), head, address);
    make("p", text, item).dir = "auto";
  };

  const open = (key) => {
    const mark = marks[key];
    if (!mark) return;
    document.getElementById("evidence-title").textContent = mark.title;
    list.replaceChildren();
    (mark.rows ?? []).forEach(sentence);
    (mark.items ?? []).forEach(listed);
    const shown = list.childElementCount;
    if (shown < mark.total) {
      const rest = make("li", shown ? `Shown: ${shown} of ${mark.total}. For all: ` : "To see it: ", list);
      make("code", mark.hint, rest);
    }
    dialog.showModal();
    dialog.scrollTop = 0;
  };

  document.getElementById("evidence-close").addEventListener("click", () => dialog.close());
  dialog.addEventListener("click", (event) => event.target === dialog && dialog.close());
  document.addEventListener("click", (event) => {
    const button = event.target.closest("[data-key]");
    if (button) open(button.dataset.key);
  });

  const tip = make("div", undefined, document.body);
  tip.id = "tip";
  tip.hidden = true;
  tip.setAttribute("aria-hidden", "true"); // the mark's own label says the same
  const point = (event, text) => {
    tip.hidden = !text;
    tip.textContent = text ?? "";
    if (!text) return;
    tip.style.left = `${Math.min(event.clientX + 12, innerWidth - tip.offsetWidth - 8)}px`;
    tip.style.top = `${Math.min(event.clientY + 16, innerHeight - tip.offsetHeight - 8)}px`;
  };

  // One stop of the Tab key for each picture; arrows go from mark to mark, in order of the rows.
  const reachable = (box, chart) => {
    const found = Array.from(box.querySelectorAll("path, line")).filter((node) => {
      const item = Array.isArray(node.__data__) ? node.__data__[0] : node.__data__;
      return item?.datum?.key && !node.closest('[aria-hidden="true"]');
    });
    found.forEach((node, place) => {
      const item = Array.isArray(node.__data__) ? node.__data__[0] : node.__data__;
      node.dataset.mark = item.datum.key;
      node.setAttribute("tabindex", place ? "-1" : "0");
      node.setAttribute("role", "button");
      node.removeAttribute("aria-roledescription");
      node.setAttribute("aria-label", item.datum.label);
    });
    box.querySelector("svg")?.setAttribute("role", "group");
    box.querySelector("svg")?.setAttribute("aria-label", chart.title);
    box.querySelector("svg")?.removeAttribute("aria-roledescription");
  };

  const STEPS = { ArrowRight: 1, ArrowDown: 1, ArrowLeft: -1, ArrowUp: -1 };
  const press = (event) => {
    const node = event.target.closest("[data-mark]");
    if (!node) return;
    if (event.key === "Enter" || event.key === " ") {
      event.preventDefault();
      open(node.dataset.mark);
      return;
    }
    const all = Array.from(event.currentTarget.querySelectorAll("[data-mark]"));
    const ends = { Home: 0, End: all.length - 1 };
    const next = all[ends[event.key] ?? all.indexOf(node) + (STEPS[event.key] ?? NaN)];
    if (!next) return;
    event.preventDefault();
    node.setAttribute("tabindex", "-1");
    next.setAttribute("tabindex", "0");
    next.focus({ preventScroll: true });
    next.scrollIntoView({ block: "nearest", inline: "nearest", behavior: "instant" });
    const place = next.getBoundingClientRect();
    point({ clientX: place.right, clientY: place.bottom }, next.getAttribute("aria-label"));
  };

  const draw = async (chart) => {
    const box = document.getElementById(`chart-${chart.id}`);
    const spec = structuredClone(content.specs[chart.spec]);
    for (const source of spec.data) if (chart.data[source.name]) source.values = chart.data[source.name];
    spec.width = Math.max(box.clientWidth, chart.width);
    spec.description = chart.title;
    chart.drawn = box.clientWidth;
    chart.view?.finalize();
    const { view } = await window.vegaEmbed(box, spec, {
      mode: "vega", renderer: "svg", actions: false, ast: true, defaultStyle: false, tooltip: false,
      logLevel: 1, // errors: a set without rows, which is nothing wrong, would warn
    });
    chart.view = view;
    view.addEventListener("click", (_, item) => item?.datum?.key && open(item.datum.key));
    view.addEventListener("pointermove", (event, item) => point(event, item?.datum?.label));
    view.addEventListener("pointerout", (event) => point(event));
    reachable(box, chart);
    if (!chart.listens) {
      chart.listens = true;
      box.addEventListener("keydown", press);
      box.addEventListener("focusout", (event) => point(event));
    }
  };

  const drawAll = async () => {
    for (const chart of content.charts) {
      const box = document.getElementById(`chart-${chart.id}`);
      if (chart.drawn !== box.clientWidth) await draw(chart);
      await new Promise((done) => setTimeout(done)); // the page stays usable in between
    }
    document.documentElement.dataset.ready = "true";
  };

  let waiting;
  addEventListener("resize", () => {
    clearTimeout(waiting);
    waiting = setTimeout(drawAll, 200);
  });

  let closed = [];
  addEventListener("beforeprint", () => {
    closed = Array.from(document.querySelectorAll("details:not([open])"));
    closed.forEach((node) => (node.open = true));
  });
  addEventListener("afterprint", () => closed.forEach((node) => (node.open = false)));

  drawAll();
})();

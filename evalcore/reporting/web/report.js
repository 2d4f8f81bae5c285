"use strict";
(() => {
  const dark = matchMedia("(prefers-color-scheme: dark)");
  const read = (id) => JSON.parse(document.getElementById(id).textContent);
  const plots = [...document.querySelectorAll(".plot")];
  const drawn = new Set();

  // Without the library, or where a chart can not be drawn, its still picture stays.
  function draw(plot) {
    const figure = read(plot.dataset.numbers)[dark.matches ? "dark" : "light"];
    drawn.add(plot);
    return Plotly.react(plot, figure.data, figure.layout, read("chart-settings"))
      .catch(() => plot.parentElement.classList.remove("live"));
  }

  function follow() {
    // Each chart is drawn when the reader comes near it; its room is kept, so that nothing moves.
    const near = new IntersectionObserver((seen) => {
      for (const { isIntersecting, target } of seen) {
        if (isIntersecting) {
          near.unobserve(target);
          draw(target);
        }
      }
    }, { rootMargin: "1000px 0px" });
    for (const plot of plots) {
      plot.style.height = `${read(plot.dataset.numbers).light.layout.height}px`;
      plot.parentElement.classList.add("live");
      near.observe(plot);
    }
    dark.addEventListener("change", () => drawn.forEach(draw));
  }

  const details = [...document.querySelectorAll("details")];
  const tables = details.filter((one) => one.classList.contains("table"));
  const button = document.getElementById("all-tables");
  const allOpen = () => tables.every((one) => one.open);
  const say = () => { button.textContent = allOpen() ? "Hide all tables" : "Show all tables"; };

  button.addEventListener("click", () => {
    const open = !allOpen();
    tables.forEach((one) => { one.open = open; });
    say();
  });
  tables.forEach((one) => one.addEventListener("toggle", say));
  document.getElementById("print").addEventListener("click", () => print());

  // Paper has nothing to click on: everything is open there, and afterwards as it was.
  let closed = [];
  addEventListener("beforeprint", () => {
    closed = details.filter((one) => !one.open);
    closed.forEach((one) => { one.open = true; });
  });
  addEventListener("afterprint", () => closed.forEach((one) => { one.open = false; }));

  say();
  document.querySelector(".tools").hidden = false;
  button.hidden = tables.length === 0;
  if (window.Plotly) {
    follow();
  }
})();

for (const chart of document.querySelectorAll("svg[data-curve]")) {
  const curve = data.curves[chart.dataset.curve];
  const read = document.querySelector(`[data-read="${chart.dataset.curve}"]`);
  const [start, end, last] = chart.dataset.span.split(" ").map(Number);
  const [top, bottom] = chart.dataset.depth.split(" ").map(Number);
  const cursor = drawn("line", { class: "cursor", y1: top, y2: bottom, visibility: "hidden" });
  chart.append(cursor);
  let hour = last;
  const show = (when) => {
    hour = Math.min(last, Math.max(0, when));
    const x = start + (hour / last) * (end - start);
    cursor.setAttribute("x1", x);
    cursor.setAttribute("x2", x);
    cursor.setAttribute("visibility", "visible");
    read.replaceChildren(`${mark(hour)}: `);
    curve.series.forEach((one, index) => {
      const strong = document.createElement("b");
      strong.textContent = number(at(one.steps, hour));
      read.append(index ? " · " : "", strong, ` ${curve.unit} ${one.name}`);
    });
  };
  chart.setAttribute("tabindex", "0");
  chart.addEventListener("pointermove", (event) => {
    const box = chart.getBoundingClientRect();
    const x = ((event.clientX - box.left) / box.width) * chart.viewBox.baseVal.width;
    show(((x - start) / (end - start)) * last);
  });
  chart.addEventListener("keydown", (event) => {
    const step = { ArrowLeft: -6, ArrowRight: 6, PageDown: -24, PageUp: 24 }[event.key];
    if (!step) return;
    event.preventDefault();
    show(Math.round(hour / 6) * 6 + step);
  });
}

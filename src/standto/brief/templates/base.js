// What every script of the page uses: the data, writing numbers and hours, drawing. One scope for all files.
const data = JSON.parse(document.getElementById("data").textContent);
const SVG = "http://www.w3.org/2000/svg";
const number = (value) => Math.round(value).toLocaleString("en");
// A figure that can be opened: by pointer, and by keyboard.
const live = (figure) => {
  figure.setAttribute("role", "button");
  figure.setAttribute("tabindex", "0");
  figure.setAttribute("aria-haspopup", "dialog");
  return figure;
};
const mark = (hour) => `C+${Math.floor(Math.round(hour) / 24)}d ${String(Math.round(hour) % 24).padStart(2, "0")}h`;
const at = (steps, hour) => {
  let low = 0, high = steps.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if (steps[middle][0] <= hour + 1e-6) low = middle + 1; else high = middle;
  }
  return low ? steps[low - 1][1] : 0;
};
const drawn = (name, attributes) => {
  const node = document.createElementNS(SVG, name);
  for (const [key, value] of Object.entries(attributes)) node.setAttribute(key, value);
  return node;
};

const banner = document.querySelector(".banner");
const measure = () => document.documentElement.style.setProperty("--banner-height", `${banner.offsetHeight}px`);
addEventListener("resize", measure);
measure();

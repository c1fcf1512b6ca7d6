// How hours are written, in light or dark: both follow a switch, and stay as chosen where the browser keeps it.
const MONTHS = ["JAN", "FEB", "MAR", "APR", "MAY", "JUN", "JUL", "AUG", "SEP", "OCT", "NOV", "DEC"];
const two = (value) => String(value).padStart(2, "0");
const epoch = data.epoch === null ? null : Date.parse(data.epoch);
let writing = "mark";
const whole = (hour, down) => (down ? Math.floor(hour + 1e-6) : Math.round(hour));
const HOUR_TEXTS = {
  mark: (hour, down) => {
    const h = whole(hour, down), size = Math.abs(h);
    return `C${h < 0 ? "−" : "+"}${Math.floor(size / 24)}d\u00a0${two(size % 24)}h`;
  },
  hours: (hour, down) => `C${hour < 0 ? "−" : "+"}${number(Math.abs(whole(hour, down)))}\u00a0h`,
  dtg: (hour) => {
    const at = new Date(epoch + Math.round(hour * 60) * 60000);
    return `${two(at.getUTCDate())}${two(at.getUTCHours())}${two(at.getUTCMinutes())}Z${MONTHS[at.getUTCMonth()]}${two(at.getUTCFullYear() % 100)}`;
  },
  zulu: (hour) => {
    const at = new Date(epoch + Math.round(hour * 60) * 60000);
    return `${at.getUTCDate()}\u00a0${MONTHS[at.getUTCMonth()][0]}${MONTHS[at.getUTCMonth()].slice(1).toLowerCase()} ${two(at.getUTCHours())}:${two(at.getUTCMinutes())}Z`;
  },
  local: (hour) => {
    const at = new Date(epoch + Math.round(hour * 60) * 60000);
    return `${at.getDate()}\u00a0${MONTHS[at.getMonth()][0]}${MONTHS[at.getMonth()].slice(1).toLowerCase()} ${two(at.getHours())}:${two(at.getMinutes())}`;
  },
};
const hourText = (hour, down = false) => HOUR_TEXTS[writing](hour, down);
const writeHour = (figure) => { figure.textContent = hourText(Number(figure.value ?? figure.getAttribute("value")), figure.dataset.hour === "down"); };
{
  const kept = {
    get: (key) => { try { return localStorage.getItem(`standto-${key}`) ?? ""; } catch { return ""; } },
    set: (key, value) => { try { localStorage.setItem(`standto-${key}`, value); } catch { /* a page from a file may keep nothing */ } },
  };
  const times = document.getElementById("times"), theme = document.getElementById("theme");
  const zone = Intl.DateTimeFormat().resolvedOptions().timeZone;
  const local = times.querySelector("[value=local]");
  if (local && zone) local.textContent = `local time (${zone})`;
  const write = () => {
    writing = times.value;
    for (const figure of document.querySelectorAll("data[data-hour]")) writeHour(figure);
    document.dispatchEvent(new Event("times"));
  };
  const paint = () => {
    if (theme.value) document.documentElement.dataset.theme = theme.value;
    else delete document.documentElement.dataset.theme;
  };
  times.addEventListener("change", () => { kept.set("times", times.value); write(); });
  theme.addEventListener("change", () => { kept.set("theme", theme.value); paint(); });
  const before = kept.get("times");
  if ([...times.options].some((option) => option.value === before)) times.value = before;
  theme.value = ["light", "dark"].includes(kept.get("theme")) ? kept.get("theme") : "";
  document.querySelector(".switches").hidden = false;
  paint();
  if (times.value !== "mark") write();
}

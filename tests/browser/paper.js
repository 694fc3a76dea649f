// Gives what is wrong with the page on paper.
(() => {
  const found = [];
  const shown = (element) => {
    const box = element.getBoundingClientRect();
    return box.width > 1 && box.height > 1 && element.checkVisibility({ visibilityProperty: true, contentVisibilityAuto: true });
  };
  for (const element of document.querySelectorAll("nav, button, .skip-link, .print-hint, .exit")) {
    if (shown(element)) found.push(`${name(element)} is printed`);
  }
  for (const link of document.querySelectorAll("main a[href^='http']")) {
    const isBare = link.textContent === link.getAttribute("href");
    if (shown(link) && !isBare && !getComputedStyle(link, "::after").content.includes(link.getAttribute("href"))) found.push(`${name(link)} is printed without its address`);
  }
  for (const part of document.querySelectorAll("details > :not(summary)")) {
    if (!shown(part)) found.push(`${name(part)} is folded`);
  }
  const main = document.querySelector("main");
  const after = (element) => element.getBoundingClientRect().top;
  const strips = [...document.querySelectorAll(".strip")].filter(shown);
  const last = strips.at(-1);
  if (!last || after(last) < main.getBoundingClientRect().bottom - 1) found.push("the crisis numbers are not at the end");
  else if (!last.querySelector("a[href^='tel:']")) found.push(`${name(last)} has no number`);
  const review = document.querySelector(".part.review");
  // A page about the site itself has no review.
  const undated = document.body.classList.contains("kind-site");
  if (undated) return found;
  if (!review || !shown(review)) found.push("the dates are not printed");
  else {
    if (!/20\d\d/.test(review.innerText)) found.push(`${name(review)} has no date`);
    const text = [...main.querySelectorAll("p")].filter((paragraph) => !review.contains(paragraph) && shown(paragraph));
    if (text.some((paragraph) => !paragraph.closest(".part, .callout") && after(paragraph) > after(review))) found.push("the dates are not at the end");
  }
  return found;
})()

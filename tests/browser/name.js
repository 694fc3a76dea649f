// Names an element as faults do: tag, classes, first words.
(element) => {
  const classes = [...element.classList].map((one) => `.${one}`).join("");
  const words = element.textContent.trim().replace(/\s+/g, " ").slice(0, 40);
  return `${element.tagName.toLowerCase()}${classes} "${words}"`;
}

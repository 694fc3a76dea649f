// Runs every rule of axe that belongs to a level of WCAG or to good practice; gives one entry for each element.
(async () => {
  const levels = ["wcag2a", "wcag2aa", "wcag2aaa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"];
  // `hidden-content` asks at every hidden element, whatever it is; `p-as-heading` takes a large telephone number for a heading.
  const unfit = ["hidden-content", "p-as-heading"];
  // In forced colors the browser tells the color of the ground as it paints it, but the color of text as it was written;
  // the test of forced colors looks at what takes part in neither.
  if (matchMedia("(forced-colors: active)").matches) unfit.push("color-contrast", "color-contrast-enhanced");
  const rules = axe.getRules()
    .filter((rule) => rule.tags.some((tag) => levels.includes(tag)) && !rule.tags.includes("deprecated"))
    .map((rule) => rule.ruleId)
    .filter((id) => !unfit.includes(id));
  const found = await axe.run(document, {
    runOnly: { type: "rule", values: rules },
    resultTypes: ["violations", "incomplete"],
  });
  const place = (selector) => {
    let element = document.querySelector(selector);
    while (element && !element.classList.length) element = element.parentElement;
    return element ? `.${element.classList[0]}` : "html";
  };
  const question = (node) => {
    const checks = [...node.any, ...node.all, ...node.none];
    return checks.map((check) => check.data?.messageKey ?? check.id).join(", ");
  };
  const entries = (list) => list.flatMap((result) => result.nodes.map((node) => ({
    rule: result.id,
    help: result.help,
    where: place(node.target.flat().at(-1)),
    question: question(node),
    summary: (node.failureSummary ?? "").replace(/\s+/g, " "),
    html: node.html.slice(0, 300),
  })));
  return { violations: entries(found.violations), incomplete: entries(found.incomplete) };
})()

// Asks the engine of the page each of QUESTIONS in LANGUAGE; gives what `stepdown search` gives, in the same form.
(async () => {
  await stepdown.search("", { language: LANGUAGE });
  const words = (pieces) => pieces.map((piece) => (typeof piece === "string" ? piece : piece[0])).join("");
  const given = [];
  for (const question of QUESTIONS) {
    const { answers, corrections, missing, total, results } = await stepdown.engine.find(LANGUAGE, question, 10);
    given.push({
      answers: answers.map(({ id, title, text }) => ({ id, title: words(title), text: text.map(words) })),
      corrections, missing, total, results,
    });
  }
  return given;
})()

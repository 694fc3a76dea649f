// Each line has something newer than the floor, for the test of that test.
const first = document.forms?.[0];
const second = first ?? null;
const third = "a-b".replaceAll("-", "");
const fourth = [1, 2].at(-1);
const fifth = structuredClone({});
try { first(); } catch { second(); }
document.body.replaceChildren(third, fourth, fifth);

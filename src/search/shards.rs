//! Cuts an index into parts that a page loads one by one, and writes them as classic scripts: the only thing that works alike from a server
//! and from `file://`.
//!
//! Each part calls `stepdown.add(name, layout, content)`. Small sites are one file. Names of parts never change, so that a copy keeps the
//! files that are the same; pages ask for them with the number of the build, and each part says for which layout of pages it was made.

use super::answers::{Answer, Answers, Piece, Questions};
use super::index::{Index, LEVELS, Line, Posting, SECTIONS_OF_SLOT, Slot};
use crate::base::digest::Digest;
use crate::model::answers::{Choice, Element, Pattern, write_choices, write_pattern};
use crate::model::{Role, Site};
use serde_json::{Value, json};
use std::collections::{BTreeMap, BTreeSet};

/// Sites with so many pages have one file for a language.
const ONE_FILE: usize = 100;
/// Parts with words are filled up to so many bytes.
const FULL: usize = 4_000;
/// Words that begin alike stay together up to so many bytes.
const MOST: usize = 8_000;
/// How many sections a part with pages has, about; more where there are many, so that the number of files stays bounded.
const SECTIONS_OF_PART: [(usize, usize); 3] = [(4_000, 8), (50_000, 16), (usize::MAX, 64)];
/// The fewest letters of a word that can stand in for a mistyped one.
const SHORTEST_KNOWN: usize = 4;

/// The parts of one language, as the search reads them.
pub(crate) struct Shards {
    pub(super) language: String,
    /// How many pages there are.
    pub(super) pages: usize,
    pub(super) slots: Vec<Doc>,
    /// Pages with several slots: the first, and how many.
    pub(super) long: Vec<(u32, u32)>,
    /// Words and phrases: the first of each part, and its lines.
    pub(super) terms: Vec<(String, Vec<Line>)>,
    pub(super) common: Vec<Line>,
    pub(super) openers: BTreeSet<String>,
    /// Words that can stand in for mistyped ones: the first letter of each part, and its words.
    pub(super) known: Vec<(String, Vec<Known>)>,
    /// Words that no page has, but that are no typing errors either.
    pub(super) spoken: BTreeSet<String>,
    pub(super) medicines: BTreeSet<String>,
    pub(super) answers: Answers,
}

/// A word that can stand in for a mistyped one.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Known {
    pub word: String,
    /// In small letters as it is written.
    pub written: String,
    /// On how many pages it is: a number that grows by one where these double.
    pub share: u8,
    /// Whether people search for it.
    pub is_key: bool,
}

/// What results show of a slot.
#[derive(Clone, Debug)]
pub(super) struct Doc {
    pub page: crate::base::place::PageId,
    pub address: String,
    pub title: String,
    /// The title of the page's section; empty where it lies in none.
    pub path: String,
    pub sections: Vec<super::sections::Section>,
}

impl Shards {
    /// Cuts an index.
    pub(super) fn new(
        site: &Site,
        language: usize,
        index: Index,
        medicines: BTreeSet<String>,
        answers: Answers,
    ) -> Self {
        let is_small = index.pages <= ONE_FILE;
        let mut long: Vec<(u32, u32)> = Vec::new();
        for (number, pair) in (0..).zip(index.slots.windows(2)) {
            if pair[0].page != pair[1].page {
                continue;
            }
            match long.last_mut() {
                Some((first, count)) if *first + *count == number + 1 => *count += 1,
                _ => long.push((number, 2)),
            }
        }
        let mut known = known(&index.lines, &index.written);
        known.retain(|known| is_small || known.is_key || known.share > 1);
        Self {
            language: site.languages[language].language.code().to_owned(),
            pages: index.pages,
            slots: index
                .slots
                .into_iter()
                .map(|slot| doc(site, slot, is_small))
                .collect(),
            long,
            terms: if is_small {
                vec![(String::new(), index.lines)]
            } else {
                cut(index.lines)
            },
            common: index.common,
            openers: index.openers,
            known: cut_known(known, is_small),
            spoken: index.spoken,
            medicines,
            answers,
        }
    }

    /// Gives how many slots a part with pages has.
    fn slots_of_part(&self) -> usize {
        let sections: usize = self.slots.iter().map(|slot| slot.sections.len()).sum();
        let wanted = SECTIONS_OF_PART.iter().find(|(most, _)| sections <= *most);
        let wanted = wanted.map_or(1, |(_, wanted)| *wanted);
        (wanted * self.slots.len() / sections.max(1)).max(1)
    }

    fn is_one_file(&self) -> bool {
        self.pages <= ONE_FILE
    }

    /// Writes all files: addresses and bytes.
    pub(crate) fn files(&self) -> Vec<(String, Vec<u8>)> {
        let folder = format!("search/{}", self.language);
        let layout = self.layout();
        let part = |name: &str, content: &str| {
            format!(
                "stepdown.add(\"{}/{name}\",\"{layout}\",{content});\n",
                self.language
            )
        };
        let mut parts: Vec<(String, String)> = Vec::new();
        for (number, (_, lines)) in self.terms.iter().enumerate() {
            let name = format!("t{number}");
            parts.push((name.clone(), part(&name, &text(&write_lines(lines)))));
        }
        if !self.common.is_empty() {
            parts.push(("s".to_owned(), part("s", &text(&write_lines(&self.common)))));
        }
        for (number, slots) in self.slots.chunks(self.slots_of_part()).enumerate() {
            let name = format!("d{number}");
            let slots: Vec<Value> = slots.iter().map(write_doc).collect();
            parts.push((name.clone(), part(&name, &Value::from(slots).to_string())));
        }
        for (number, (_, known)) in self
            .known
            .iter()
            .enumerate()
            .filter(|_| !self.is_one_file())
        {
            let name = format!("v{number}");
            let lines: Vec<String> = known.iter().map(write_known).collect();
            parts.push((name.clone(), part(&name, &text(&lines.join("\n")))));
        }
        parts.push(("o".to_owned(), part("o", &self.others().to_string())));
        let build = Digest::of_parts(parts.iter().map(|(_, part)| part.as_bytes())).to_string();
        let manifest = part("index", &self.manifest(&build[..8]).to_string());
        if self.is_one_file() {
            let all: String = std::iter::once(manifest)
                .chain(parts.into_iter().map(|(_, part)| part))
                .collect();
            return vec![(format!("{folder}/index.js"), all.into_bytes())];
        }
        let parts = parts
            .into_iter()
            .map(|(name, part)| (format!("{folder}/{name}.js"), part.into_bytes()));
        std::iter::once((format!("{folder}/index.js"), manifest.into_bytes()))
            .chain(parts)
            .collect()
    }

    /// Gives a short digest of which page and section has which number: parts of different layouts must not be mixed.
    fn layout(&self) -> String {
        let names = self.slots.iter().flat_map(|slot| {
            let anchors = slot
                .sections
                .iter()
                .map(|section| section.anchor.as_deref().unwrap_or_default().as_bytes());
            std::iter::once(slot.address.as_bytes()).chain(anchors)
        });
        Digest::of_parts(names).to_string()[..8].to_owned()
    }

    fn manifest(&self, build: &str) -> Value {
        let starts = |parts: &mut dyn Iterator<Item = &String>| parts.cloned().collect::<Vec<_>>();
        let common: Vec<&str> = self
            .common
            .iter()
            .flat_map(|line| &line.forms)
            .map(String::as_str)
            .collect();
        let join = |words: &BTreeSet<String>| {
            words
                .iter()
                .map(String::as_str)
                .collect::<Vec<_>>()
                .join(" ")
        };
        let questions = self.answers.answers.iter().map(|answer| &answer.questions);
        json!({
            "build": build,
            "pages": self.pages,
            "slotsOfPart": self.slots_of_part(),
            "terms": starts(&mut self.terms.iter().map(|(start, _)| start)),
            "known": if self.is_one_file() { Vec::new() } else { starts(&mut self.known.iter().map(|(start, _)| start)) },
            "written": self.written(),
            "common": common.join(" "),
            "openers": join(&self.openers),
            "spoken": join(&self.spoken),
            "long": self.long,
            "medicines": join(&self.own_medicines()),
            "answers": self.answers.answers.iter().map(|answer| self.write_answer(answer)).collect::<Vec<_>>(),
            "sets": self.sets(questions),
        })
    }

    /// Gives the names of medicines that the site knows.
    fn own_medicines(&self) -> BTreeSet<String> {
        let lines = self
            .terms
            .iter()
            .flat_map(|(_, lines)| lines)
            .chain(&self.common);
        let known: BTreeSet<&String> = lines
            .flat_map(|line| &line.forms)
            .chain(&self.spoken)
            .collect();
        self.medicines
            .iter()
            .filter(|name| known.contains(name))
            .cloned()
            .collect()
    }

    /// Gives the words of a small site that are written with other signs than the search sees; its other words are taken from the lines.
    fn written(&self) -> String {
        let known = self
            .known
            .iter()
            .filter(|_| self.is_one_file())
            .flat_map(|(_, known)| known);
        let written: Vec<&str> = known
            .filter(|known| known.written != known.word)
            .map(|known| known.written.as_str())
            .collect();
        written.join(" ")
    }

    /// Gives what is needed only where a question has words that the site does not know: names of other medicines, and what answers fit in
    /// the other languages of the site.
    fn others(&self) -> Value {
        let own = self.own_medicines();
        let medicines: Vec<&str> = self
            .medicines
            .iter()
            .filter(|name| !own.contains(*name))
            .map(String::as_str)
            .collect();
        let foreign = self.answers.answers.iter().map(|answer| &answer.foreign);
        json!({
            "medicines": medicines.join(" "),
            "answers": foreign.clone().map(write_questions).collect::<Vec<_>>(),
            "sets": self.sets(foreign),
        })
    }

    /// Writes the sets that some patterns use, and those that these use.
    fn sets<'q>(&self, questions: impl Iterator<Item = &'q Questions>) -> BTreeMap<String, String> {
        let patterns =
            questions.flat_map(|questions| questions.when.iter().chain(&questions.unless));
        let elements = patterns
            .flatten()
            .flatten()
            .filter_map(|element| match element {
                Element::OneOf(choices) => Some(choices),
                Element::Gap => None,
            });
        let mut sets = BTreeMap::new();
        let mut left: Vec<&Choice> = elements.flatten().collect();
        while let Some(choice) = left.pop() {
            if let Choice::Set(name) = choice
                && !sets.contains_key(name)
                && let Some(choices) = self.answers.sets.get(name)
            {
                sets.insert(name.clone(), write_choices(choices));
                left.extend(choices);
            }
        }
        sets
    }

    fn write_answer(&self, answer: &Answer) -> Value {
        let pieces = |pieces: &Vec<Piece>| -> Value {
            let piece = |piece: &Piece| match &piece.address {
                Some(address) => json!([piece.words, address]),
                None => json!(piece.words),
            };
            pieces.iter().map(piece).collect()
        };
        let mut value = write_questions(&answer.questions);
        value["id"] = json!(answer.id);
        value["kind"] = json!(answer.kind.word());
        value["language"] = json!(answer.language);
        value["title"] = pieces(&answer.title);
        value["text"] = answer.text.iter().map(pieces).collect();
        value["slots"] = json!(self.pinned(answer));
        value
    }

    /// Gives the slots of the pages that an answer puts first.
    pub(super) fn pinned(&self, answer: &Answer) -> Vec<u32> {
        let slot = |page| {
            (0..)
                .zip(&self.slots)
                .find(|(_, slot)| slot.page == page)
                .map(|(number, _)| number)
        };
        answer.pages.iter().filter_map(|page| slot(*page)).collect()
    }

    /// Finds the part that would hold a word or phrase.
    pub(super) fn part_of(&self, form: &str) -> usize {
        part_of(&self.terms, form)
    }
}

/// Finds the last part that does not begin after a word.
pub(super) fn part_of<T>(parts: &[(String, T)], form: &str) -> usize {
    parts
        .partition_point(|(start, _)| start.encode_utf16().le(form.encode_utf16()))
        .saturating_sub(1)
}

fn write_questions(questions: &Questions) -> Value {
    let patterns = |patterns: &[Pattern]| patterns.iter().map(write_pattern).collect::<Vec<_>>();
    json!({"when": patterns(&questions.when), "unless": patterns(&questions.unless)})
}

/// Gives what results show of a slot. On a large site, sections have no beginning of their own: the summary of the page stands for it.
fn doc(site: &Site, slot: Slot, is_small: bool) -> Doc {
    let mut sections = slot.sections;
    for section in &mut sections {
        if !is_small && section.anchor.is_some() {
            section.lead.clear();
        }
    }
    let page = site.page(slot.page);
    let section = (page.role == Role::Article)
        .then(|| site.by_key(page.language, &format!("{}/index", page.section())))
        .flatten();
    Doc {
        page: page.id,
        address: page.address.clone(),
        title: page.title.clone(),
        path: section
            .map(|section| section.title.clone())
            .unwrap_or_default(),
        sections,
    }
}

fn write_doc(doc: &Doc) -> Value {
    let sections: Vec<Value> = doc
        .sections
        .iter()
        .map(|section| {
            json!([
                section.anchor.as_deref().unwrap_or_default(),
                section.heading,
                section.lead
            ])
        })
        .collect();
    json!([doc.address, doc.title, doc.path, sections])
}

fn text(content: &str) -> String {
    Value::from(content).to_string()
}

/// Cuts lines into parts: words that begin with the same three letters stay together, as long as they are not too many.
fn cut(lines: Vec<Line>) -> Vec<(String, Vec<Line>)> {
    let mut parts: Vec<(String, Vec<Line>)> = Vec::new();
    let mut size = FULL;
    for (start, lines, length) in grouped(lines, 3) {
        if size >= FULL {
            let start = if parts.is_empty() {
                String::new()
            } else {
                start
            };
            parts.push((start, Vec::new()));
            size = 0;
        }
        size += length;
        if let Some((_, part)) = parts.last_mut() {
            part.extend(lines);
        }
    }
    if parts.is_empty() {
        parts.push((String::new(), Vec::new()));
    }
    parts
}

/// Groups lines by the first letters of their forms, in the order of strings in JavaScript; a line with several beginnings is in several groups.
fn grouped(lines: Vec<Line>, letters: usize) -> Vec<(String, Vec<Line>, usize)> {
    let mut groups: BTreeMap<Vec<u16>, Vec<Line>> = BTreeMap::new();
    for line in lines {
        let mut by_start: BTreeMap<Vec<u16>, Vec<String>> = BTreeMap::new();
        for form in line.forms {
            let start: String = form.chars().take(letters).collect();
            by_start
                .entry(start.encode_utf16().collect())
                .or_default()
                .push(form);
        }
        for (start, forms) in by_start {
            groups.entry(start).or_default().push(Line {
                forms,
                postings: line.postings.clone(),
                is_key: line.is_key,
            });
        }
    }
    let mut all = Vec::new();
    for (start, lines) in groups {
        let length = write_lines(&lines).len();
        let can_be_cut = lines
            .iter()
            .flat_map(|line| &line.forms)
            .any(|form| form.chars().count() > letters);
        if length > MOST && can_be_cut {
            all.extend(grouped(lines, letters + 1));
        } else {
            all.push((String::from_utf16_lossy(&start), lines, length));
        }
    }
    all
}

/// Gives the words that can stand in for mistyped ones: single words of some length, in scripts with spaces between words.
fn known(lines: &[Line], written: &BTreeMap<String, String>) -> Vec<Known> {
    let mut known = Vec::new();
    for line in lines {
        let share = usize::BITS - line.postings.len().leading_zeros();
        for form in &line.forms {
            let is_word = form.chars().count() >= SHORTEST_KNOWN
                && !form.contains([' ', '0', '1', '2', '3', '4', '5', '6', '7', '8', '9']);
            if is_word {
                known.push(Known {
                    word: form.clone(),
                    written: written.get(form).unwrap_or(form).clone(),
                    share: u8::try_from(share).unwrap_or(u8::MAX).min(25),
                    is_key: line.is_key,
                });
            }
        }
    }
    known
}

/// Cuts the known words by their first letters.
fn cut_known(known: Vec<Known>, is_small: bool) -> Vec<(String, Vec<Known>)> {
    if is_small {
        return vec![(String::new(), known)];
    }
    let mut by_letter: BTreeMap<Vec<u16>, Vec<Known>> = BTreeMap::new();
    for known in known {
        let first: String = known.word.chars().take(1).collect();
        by_letter
            .entry(first.encode_utf16().collect())
            .or_default()
            .push(known);
    }
    let mut parts: Vec<(String, Vec<Known>)> = Vec::new();
    let mut size = FULL;
    for (letter, mut words) in by_letter {
        words.sort_by(|left, right| left.word.cmp(&right.word));
        if size >= FULL {
            let start = if parts.is_empty() {
                String::new()
            } else {
                String::from_utf16_lossy(&letter)
            };
            parts.push((start, Vec::new()));
            size = 0;
        }
        size += words
            .iter()
            .map(|known| known.written.len() + 2)
            .sum::<usize>();
        if let Some((_, part)) = parts.last_mut() {
            part.extend(words);
        }
    }
    parts
}

/// Writes a known word as lines of words are written, with its share as a digit to the base 36 instead of postings.
fn write_known(known: &Known) -> String {
    let mark = if known.is_key { "!" } else { "" };
    let share = char::from_digit(u32::from(known.share), 36).unwrap_or('z');
    format!("{mark}{}={share}", known.written)
}

/// Writes lines: an exclamation mark if people search for the word, forms, an equals sign, postings; a line end between lines.
fn write_lines(lines: &[Line]) -> String {
    let mut out = String::new();
    for line in lines {
        if !out.is_empty() {
            out.push('\n');
        }
        if line.is_key {
            out.push('!');
        }
        write_forms(&line.forms, &mut out);
        out.push('=');
        write_postings(&line.postings, &mut out);
    }
    out
}

/// Writes forms: what they have in common, a tilde, and their ends; one form as it is.
fn write_forms(forms: &[String], out: &mut String) {
    let (Some(first), true) = (forms.first(), forms.len() > 1) else {
        out.extend(forms.iter().map(String::as_str));
        return;
    };
    let shared = |other: &String| {
        let same = first
            .char_indices()
            .zip(other.chars())
            .find(|((_, left), right)| left != right);
        same.map_or(first.len().min(other.len()), |((at, _), _)| at)
    };
    let base = forms.iter().map(shared).min().unwrap_or(0);
    out.push_str(&first[..base]);
    out.push('~');
    let ends: Vec<&str> = forms.iter().map(|form| &form[base..]).collect();
    out.push_str(&ends.join(","));
}

/// Signs for digits: the first half end a number, the others say that more follows; all printable, none needs an escape.
const DIGITS: usize = 46;

/// Writes postings as numbers to the base 46, the lowest digit first: the distance to the slot before, the section, the impact.
fn write_postings(postings: &[Posting], out: &mut String) {
    let mut before = 0;
    for posting in postings {
        let distance = posting.slot - before;
        before = posting.slot;
        let mut number = (distance as usize * SECTIONS_OF_SLOT + usize::from(posting.section))
            * usize::from(LEVELS)
            + usize::from(posting.impact)
            - 1;
        while number >= DIGITS {
            out.push(sign(number % DIGITS + DIGITS));
            number /= DIGITS;
        }
        out.push(sign(number));
    }
}

/// Gives the sign of a digit: the printable ASCII signs without the space, the quotation mark and the backslash.
fn sign(digit: usize) -> char {
    let mut code = 0x21 + digit;
    if code >= 0x22 {
        code += 1;
    }
    if code >= 0x5c {
        code += 1;
    }
    char::from(u8::try_from(code).expect("there are 92 signs"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn digits_are_printable_and_need_no_escape() {
        let all: String = (0..2 * DIGITS).map(sign).collect();
        assert_eq!(all.len(), 92);
        assert!(all.bytes().all(|byte| (0x21..0x7f).contains(&byte)));
        assert_eq!(text(&all), format!("\"{all}\""));
    }

    #[test]
    fn forms_are_written_from_what_they_share() {
        let written = |forms: &[&str]| {
            let forms: Vec<String> = forms.iter().map(|form| (*form).to_owned()).collect();
            let mut out = String::new();
            write_forms(&forms, &mut out);
            out
        };
        assert_eq!(written(&["taper"]), "taper");
        assert_eq!(written(&["taper", "tapered", "tapering"]), "taper~,ed,ing");
        assert_eq!(written(&["اب", "با"]), "~اب,با");
    }

    #[test]
    fn words_that_begin_alike_stay_in_one_part_and_are_found_there() {
        let posting = |slot| Posting {
            slot,
            section: 0,
            impact: 1,
        };
        let lines: Vec<Line> = (0..2000_u32)
            .map(|number| Line {
                forms: vec![format!("word{number:04}"), format!("other{number:04}")],
                postings: (0..20).map(|step| posting(number + step)).collect(),
                is_key: false,
            })
            .collect();
        let parts = cut(lines);
        assert!(parts.len() > 10);
        for form in ["word0000", "word1999", "other0500"] {
            let (_, lines) = &parts[part_of(&parts, form)];
            assert!(
                lines
                    .iter()
                    .any(|line| line.forms.iter().any(|other| other == form)),
                "{form}"
            );
        }
    }
}

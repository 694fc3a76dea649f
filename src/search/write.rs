//! Writes the parts of an index as classic scripts: the only thing that works alike from a server and from `file://`.
//!
//! Each part calls `stepdown.add(name, layout, content)`. Names of parts never change, so that a copy keeps the files that are the same;
//! pages ask for them with the number of the build, and each part says for which layout of pages it was made.

use super::answers::{FixedAnswer, Questions, Run};
use super::cut::KnownWord;
use super::lines::write_lines;
use super::numbers;
use super::shards::{Doc, Shards};
use crate::base::digest::Digest;
use crate::model::answers::{Choice, Element, Pattern, write_choices, write_pattern};
use serde_json::{Value, json};
use std::collections::{BTreeMap, BTreeSet};

/// How many sections a part with pages has, about; more where there are many, so that the number of files stays bounded.
const SECTIONS_OF_PART: [(usize, usize); 3] = [(4_000, 8), (50_000, 16), (usize::MAX, 64)];

impl Shards {
    /// Gives how many slots a part with pages has.
    fn slots_of_part(&self) -> usize {
        let sections: usize = self.slots.iter().map(|slot| slot.sections.len()).sum();
        let wanted = SECTIONS_OF_PART.iter().find(|(most, _)| sections <= *most);
        let wanted = wanted.map_or(1, |(_, wanted)| *wanted);
        (wanted * self.slots.len() / sections.max(1)).max(1)
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

    /// Gives a short digest of which page and section has which number, and of how parts are written and read: parts of different layouts
    /// must not be mixed.
    fn layout(&self) -> String {
        let numbers = numbers::as_json().to_string();
        let names = self.slots.iter().flat_map(|slot| {
            let anchors = slot
                .sections
                .iter()
                .map(|section| section.anchor.as_deref().unwrap_or_default().as_bytes());
            std::iter::once(slot.address.as_bytes()).chain(anchors)
        });
        let parts = std::iter::once(numbers.as_bytes()).chain(names);
        Digest::of_parts(parts).to_string()[..8].to_owned()
    }

    fn manifest(&self, build: &str) -> Value {
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
        let known = self.known.iter().filter(|_| !self.is_one_file());
        let known: Vec<&String> = known.map(|(start, _)| start).collect();
        let terms: Vec<&String> = self.terms.iter().map(|(start, _)| start).collect();
        let answers = self.answers.answers.iter();
        let questions = answers.clone().map(|answer| &answer.questions);
        let answers: Vec<Value> = answers.map(|answer| self.write_answer(answer)).collect();
        json!({
            "build": build,
            "numbers": numbers::as_json(),
            "pages": self.pages,
            "slotsOfPart": self.slots_of_part(),
            "terms": terms,
            "known": known,
            "written": self.written(),
            "common": common.join(" "),
            "openers": join(&self.openers),
            "spoken": join(&self.spoken),
            "isForeignHeard": self.hears_foreign(),
            "long": self.long,
            "medicines": join(&self.own_medicines()),
            "answers": answers,
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

    /// Gives the words of a small site that are written with other characters than the search sees; its other words are taken from the lines.
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

    /// Tells whether an answer is also given to questions in another language of the site.
    fn hears_foreign(&self) -> bool {
        let mut answers = self.answers.answers.iter();
        answers.any(|answer| !answer.foreign.when.is_empty())
    }

    /// Gives what is needed behind the words of a question: names of other medicines, where it has words that the site does not know, and
    /// the questions in the other languages of the site that answers are given to.
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

    fn write_answer(&self, answer: &FixedAnswer) -> Value {
        let runs = |runs: &Vec<Run>| -> Value {
            let run = |run: &Run| match &run.address {
                Some(address) => json!([run.words, address]),
                None => json!(run.words),
            };
            runs.iter().map(run).collect()
        };
        let mut value = write_questions(&answer.questions);
        value["id"] = json!(answer.id);
        value["kind"] = json!(answer.kind.word());
        value["language"] = json!(answer.language);
        value["title"] = runs(&answer.title);
        value["text"] = answer.text.iter().map(runs).collect();
        value["slots"] = json!(self.pinned(answer));
        value
    }
}

fn write_questions(questions: &Questions) -> Value {
    let patterns = |patterns: &[Pattern]| patterns.iter().map(write_pattern).collect::<Vec<_>>();
    json!({"when": patterns(&questions.when), "unless": patterns(&questions.unless)})
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

/// Writes a known word as lines of words are written, with its share instead of postings.
fn write_known(known: &KnownWord) -> String {
    let mark = if known.is_key { "!" } else { "" };
    format!("{mark}{}={}", known.written, known.share)
}

fn text(content: &str) -> String {
    Value::from(content).to_string()
}

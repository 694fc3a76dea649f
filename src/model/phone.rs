//! The telephone numbers that a site publishes, and the check that pages have no others: a number that readers may dial comes from the data.
//!
//! In go the data, the text of finished pages and their links; out come findings, each at the number, with the placeholder that fits in its place.

use crate::base::dialing::{common_form, dial_the_same, forms};
use crate::base::nearest::distance;
use crate::base::phone::{self, Number, Written};
use crate::base::place::{Place, Spot, words_within};
use crate::finding::out::Sources;
use crate::finding::rules::UNPUBLISHED_NUMBER;
use crate::finding::{Finding, Findings};
use crate::model::block_text::BlockText;
use crate::model::data::{Data, Helpline, Line, Row};
use crate::parse::tree::{Kind, NodeId, Target, Tree};
use crate::settings::Settings;
use rustc_hash::{FxHashMap, FxHashSet};

/// How many digits at the end of a number tell it from others of a town.
const ENDING: usize = 7;

/// The numbers of a site in one language.
pub(crate) struct PublishedNumbers {
    /// The country in which readers dial.
    country: Option<String>,
    /// All digits that dial a number that pages may show.
    published: FxHashSet<String>,
    /// The numbers that placeholders print: the placeholder, and the number in its common form.
    placeholders: Vec<(&'static str, String)>,
    /// Whether all of the data could be read; what is missing there may be published.
    is_complete: bool,
    /// The rows that are not published, by all digits that dial them.
    waiting: FxHashMap<String, String>,
}

impl PublishedNumbers {
    /// Gathers the numbers of the data.
    pub(crate) fn new(data: &Data, settings: &Settings) -> Self {
        let mut numbers = Self {
            country: settings.country.clone(),
            published: FxHashSet::default(),
            placeholders: Vec::new(),
            is_complete: !data.has_gaps("helplines") && !data.has_gaps("center"),
            waiting: FxHashMap::default(),
        };
        let center = &data.center;
        for (name, show, dial) in [
            ("center.phone", &center.phone, &center.phone_dial),
            (
                "center.after_hours",
                &center.after_hours,
                &center.after_hours_dial,
            ),
        ] {
            let dial = dial.as_ref().map(|dial| dial.value.as_str());
            let show = show.as_ref().map(|show| show.value.as_str());
            let country = settings.country.as_deref();
            let all = lines(show, dial.into_iter());
            numbers
                .published
                .extend(all.iter().flat_map(|number| forms(number, country)));
            let is_printed = center.line == Some(Line::Clinical);
            let first = all.first().filter(|_| is_printed);
            let first = first.map(|number| (name, common_form(number, country)));
            numbers.placeholders.extend(first);
        }
        for row in &data.helplines {
            numbers.add(row);
        }
        numbers
    }

    fn add(&mut self, row: &Row<Helpline>) {
        let value = &row.value;
        let dialed = value.dial.iter().chain(&value.sms_to).map(String::as_str);
        let all = lines(Some(&value.show.value), dialed);
        let country = Some(value.country.as_str());
        let digits = all.iter().flat_map(|number| forms(number, country));
        if !value.is_published {
            self.waiting
                .extend(digits.map(|digits| (digits, row.id.clone())));
            return;
        }
        self.published.extend(digits);
        if let (Some(fills), Some(number), true) =
            (value.fills, all.first(), country == self.country.as_deref())
        {
            self.placeholders
                .push((fills.word(), common_form(number, country)));
        }
    }

    fn common(&self, number: &Number) -> String {
        common_form(number, self.country.as_deref())
    }

    fn is_published(&self, number: &Number) -> bool {
        self.published.contains(&number.digits) || self.published.contains(&self.common(number))
    }

    /// Gives the numbers in a text that are not published.
    fn others(&self, text: &str) -> impl Iterator<Item = Written> + '_ {
        phone::numbers(text, &|number| self.is_published(number))
            .into_iter()
            .filter(|written| !self.is_published(&written.number))
    }

    /// Says what to write in place of a number.
    fn help(&self, number: &Number) -> String {
        let common = self.common(number);
        let row = [&number.digits, &common]
            .into_iter()
            .find_map(|digits| self.waiting.get(digits));
        if let Some(id) = row {
            return format!(
                "the row `{id}` of `content/_data/helplines.toml` has this number, but it is not published: call it, and set `publish = \"ok\"` with the day in `checked_on` only if everything was right"
            );
        }
        let near = self.placeholders.iter().find(|(_, known)| {
            let is_ending = number.digits.len() >= ENDING && known.ends_with(&number.digits);
            is_ending || common.len() > ENDING && distance(known, &common) == 1
        });
        if let Some((name, _)) = near {
            return format!("write `{{{name}}}`, which prints the number that the data has");
        }
        let has = |name: &str| self.placeholders.iter().any(|(known, _)| *known == name);
        let own = if has("center.phone") {
            "if the center's own number is meant, write `{center.phone}`"
        } else {
            "if it is the center's own, put it into `content/_data/center.toml`, and write `{center.phone}` here if clinical staff answer it"
        };
        format!(
            "{own}; the number of another service needs a row in `content/_data/helplines.toml`, and somebody must call it before the row has `publish = \"ok\"`"
        )
    }

    /// Reports the numbers in a block of a finished page that are not published, each where it was written. An interface text has no place
    /// in a page, and is read in its own file.
    pub(crate) fn check_block(&self, block: &BlockText, findings: &mut Findings) {
        for written in self.others(&block.text) {
            let at = block.place(&written.range);
            if let Some(at) = at.filter(|at| at.start < at.end) {
                self.report(at, &block.text[written.range], &written.number, findings);
            }
        }
    }

    /// Reports the numbers in a value of the front matter that are not published.
    pub(crate) fn check_value(
        &self,
        value: &Spot<String>,
        sources: &dyn Sources,
        findings: &mut Findings,
    ) {
        let block = BlockText::of_value(&value.value, value.place, sources);
        self.check_block(&block, findings);
    }

    /// Reports the links of a finished page that call or write to a number that is not published.
    pub(crate) fn check_links(&self, tree: &Tree, sources: &dyn Sources, findings: &mut Findings) {
        tree.walk(Tree::ROOT, &mut |id, node| {
            let Kind::Link(link) = node.kind else { return };
            if let Target::Outside(address) = &tree.links[link as usize].target
                && let Some(called) = phone::called(address)
            {
                self.check_link(tree, id, address, &called, sources, findings);
            }
        });
    }

    fn check_link(
        &self,
        tree: &Tree,
        id: NodeId,
        address: &str,
        called: &[Number],
        sources: &dyn Sources,
        findings: &mut Findings,
    ) {
        let link = tree.node(id).place;
        let words = tree.text_of(id, sources);
        let shown = self.shown(&words);
        let country = self.country.as_deref();
        let is_shown = |number: &Number| {
            shown
                .iter()
                .any(|shown| dial_the_same(shown, number, country))
        };
        let at = || words_within(sources.text(link.file), link, address).unwrap_or(link);
        let other = called.iter().find(|number| !self.is_published(number));
        if let Some(number) = other {
            // A number that is typed in the words as well is told once, there.
            if number.digits.is_empty() {
                let message = "this link has no number that a telephone could dial";
                let help = "write a placeholder such as `{crisis}` in place of the whole link; it can be tapped";
                findings.push(Finding::new(&UNPUBLISHED_NUMBER, at(), message).help(help));
            } else if !is_shown(number) {
                self.report(at(), address, number, findings);
            }
            return;
        }
        let is_typed = sources
            .text(link.file)
            .get(link.range())
            .is_some_and(|written| written.starts_with('['));
        if is_typed && !shown.is_empty() && !called.iter().any(is_shown) {
            let message =
                format!("the words of this link show another number than `{address}` dials");
            let help = "write a placeholder such as `{crisis}` in place of the whole link: what it shows is what it dials";
            findings.push(Finding::new(&UNPUBLISHED_NUMBER, at(), message).help(help));
        }
    }

    /// Gives the numbers that the words of a link show; words without letters are one, however short.
    fn shown(&self, words: &str) -> Vec<Number> {
        let numbers = phone::numbers(words, &|number| self.is_published(number));
        let shown: Vec<Number> = numbers.into_iter().map(|written| written.number).collect();
        if shown.is_empty() && !words.contains(char::is_alphabetic) {
            return phone::longest(words).into_iter().collect();
        }
        shown
    }

    fn report(&self, at: Place, written: &str, number: &Number, findings: &mut Findings) {
        if !self.is_complete {
            return;
        }
        let words: Vec<&str> = written.split_whitespace().collect();
        let message = format!(
            "`{}` looks like a telephone number that the data does not have",
            words.join(" ")
        );
        findings.push(Finding::new(&UNPUBLISHED_NUMBER, at, message).help(self.help(number)));
    }
}

/// Gives the numbers of a row: what is dialed; and what is printed, where that is more than a short code.
fn lines<'a>(show: Option<&str>, dialed: impl Iterator<Item = &'a str>) -> Vec<Number> {
    let mut numbers: Vec<Number> = dialed.map(phone::dialed).collect();
    let show = show.unwrap_or_default();
    let printed = phone::numbers(show, &|number| numbers.contains(number));
    if numbers.is_empty() && printed.is_empty() {
        numbers.extend(phone::longest(show));
    }
    numbers.extend(printed.into_iter().map(|written| written.number));
    numbers
}

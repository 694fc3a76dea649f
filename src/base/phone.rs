//! Reads telephone numbers: out of running text, out of `tel:` and `sms:` addresses, and the keys that a printed number asks for.
//!
//! In goes any text; out come the numbers in it with their places and their digits. What a number is, is told by how its digits stand in groups,
//! and by the words around it. A year, a date, a range of pages, a dose, a price or an ISBN is none. The cost grows with the text and no faster.

#[cfg(test)]
mod tests;

use crate::base::path::percent_decode;
use crate::base::tokens::digit;
use crate::base::words::is_written_without_spaces;
use std::ops::Range;

/// How many digits a number has, the signs to call abroad included (ITU-T E.164 allows 15). Fewer are years, ages or short codes.
const DIGITS: std::ops::RangeInclusive<usize> = 7..=17;
/// Shorter groups of digits are no number of their own, such as the 24 of "24 hours".
const SHORTEST: usize = 3;
/// How many characters may stand between two groups of digits.
const MAX_GAP: usize = 4;
/// How many groups the digits of a number stand in at most.
const MAX_GROUPS: usize = 7;
/// Area codes of North America that cost nothing to call; numbers in letters have them.
const TOLL_FREE: [&str; 8] = ["800", "888", "877", "866", "855", "844", "833", "822"];
/// How far before a number words are looked at, in bytes.
const WORDS_BEFORE: usize = 60;

/// What a telephone is asked to dial.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Number {
    /// Whether a `+` says that the digits begin with the code of a country.
    pub is_international: bool,
    /// The digits 0 to 9, letters as the keys they stand on; without an extension.
    pub digits: String,
}

/// A number in a text.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Written {
    /// Where it stands, in bytes.
    pub range: Range<usize>,
    /// What it dials.
    pub number: Number,
}

/// Words that say that the number behind them is called or written to, in small letters.
#[rustfmt::skip]
const CALLING: &[&str] = &[
    "call", "calls", "calling", "dial", "dialing", "phone", "telephone", "tel", "sms", "fax", "hotline", "helpline", "lifeline", "cellphone",
    "landline", "tty", "tdd", "voicemail", "pager", "whatsapp",
    "llame", "llamar", "llama", "llámenos", "llamenos", "llámanos", "marque", "marcar", "marca", "teléfono", "telefono", "teléfonos", "tlf", "tfno",
    "tfn", "móvil", "movil", "celular", "appelez", "appeler", "téléphone", "tél", "telefon", "telefonnummer", "rufnummer", "anrufen",
    "ligue", "ligar", "telefone", "telemóvel", "chiamare", "telefono", "telefoon", "اتصل", "هاتف", "الهاتف", "جوال", "फ़ोन", "फोन", "电话", "電話",
];

/// Words that say so only right before the number, since they have other meanings.
const CALLING_DIRECTLY: &[&str] = &[
    "text", "texting", "called", "ring", "cell", "mobile", "ph", "línea", "linea",
];

/// Words before digits that are no telephone number.
#[rustfmt::skip]
const OTHER_NUMBERS: &[&str] = &[
    "isbn", "isbn-10", "isbn-13", "issn", "eissn", "pmid", "pmcid", "pmc", "doi", "nct", "eudract", "rfc", "pp", "p", "pg", "page", "pages", "pág",
    "págs", "página", "páginas", "s", "vol", "zip", "orcid", "cas",
];

/// Words behind a range of two numbers that say of what: doses, amounts, people, time.
#[rustfmt::skip]
const UNITS: &[&str] = &[
    "mg", "mcg", "µg", "μg", "ug", "g", "kg", "ml", "l", "dl", "iu", "ui", "kcal", "cal", "mmol", "ng", "cm", "mm", "m", "km", "ms", "s", "hz", "kb", "mb",
    "bytes", "bits", "days", "hours", "minutes", "seconds", "years", "people", "patients", "participants", "adults", "words", "steps", "dollars",
    "euros", "pages", "días", "horas", "años", "personas", "pacientes", "palabras", "pasos", "percent",
];

/// Gives the numbers in a text, in order. Where digits could be cut in several ways, one that is known is read.
pub(crate) fn numbers(text: &str, is_known: &dyn Fn(&Number) -> bool) -> Vec<Written> {
    if !may_have_numbers(text) {
        return Vec::new();
    }
    let reader = PhoneReader {
        text,
        groups: groups(text),
    };
    let mut found: Vec<Written> = Vec::new();
    let mut at = 0;
    while at < reader.groups.len() {
        let (written, next) = match reader.number_at(at, is_known) {
            Some((written, last)) => (Some(written), last + 1),
            None => (reader.letters_at(at), at + 1),
        };
        let end = written.as_ref().map_or(0, |written| written.range.end);
        found.extend(written);
        at = next;
        while at < reader.groups.len() && reader.groups[at].range.start < end {
            at += 1;
        }
    }
    found
}

/// Gives the numbers that an address calls or writes to, in the order of the address (RFC 3966, RFC 5724); `None` if it does neither.
/// A number without digits has empty ones.
pub(crate) fn called(address: &str) -> Option<Vec<Number>> {
    let (scheme, rest) = address.split_once(':')?;
    let is_text = scheme.eq_ignore_ascii_case("sms");
    if !is_text && !scheme.eq_ignore_ascii_case("tel") {
        return None;
    }
    let decoded = percent_decode(rest);
    let number = decoded.trim_start_matches('/');
    let number = number.split(['?', ';']).next().unwrap_or_default();
    let parts: Vec<&str> = if is_text {
        number.split(',').collect()
    } else {
        number.split(',').take(1).collect()
    };
    Some(parts.into_iter().map(dialed).collect())
}

/// Gives what a telephone dials for a whole text, such as the value of `dial`: its digits, letters as keys.
pub(crate) fn dialed(text: &str) -> Number {
    let mut digits = String::new();
    let mut is_international = false;
    for character in text.chars() {
        if let Some(key) = key(character) {
            digits.push(key);
        } else if is_plus(character) && digits.is_empty() {
            is_international = true;
        }
    }
    Number {
        is_international,
        digits,
    }
}

/// Gives everything in a text that could be dialed, short codes included: what is printed beside a dialed number must be among it.
/// Gives nothing twice at the same place, but groups that stand together also as one number and each for itself.
pub(crate) fn printed(text: &str) -> Vec<Written> {
    let reader = PhoneReader {
        text,
        groups: groups(text),
    };
    let mut found = Vec::new();
    for first in 0..reader.groups.len() {
        if !reader.is_free_before(first, true) {
            continue;
        }
        for last in reader.ends(first) {
            if reader.is_free_after(last, true) {
                found.push(reader.written(first, last));
            }
        }
        found.extend(reader.letters_at(first));
    }
    found
}

/// Gives the longest of everything in a text that could be dialed: what is meant, where it is one number.
pub(crate) fn longest(text: &str) -> Option<Number> {
    let printed = printed(text).into_iter().map(|written| written.number);
    printed
        .filter(|number| number.digits.len() >= SHORTEST)
        .reduce(|longest, number| {
            if number.digits.len() > longest.digits.len() {
                number
            } else {
                longest
            }
        })
}

/// A run of digits.
#[derive(Debug)]
struct DigitGroup {
    range: Range<usize>,
    digits: String,
    /// What stands between it and the group before; `None` where more stands there than numbers have between their groups.
    gap: Option<Gap>,
    /// Where the `+` right before it stands.
    plus: Option<usize>,
    /// Where the bracket right before it stands.
    open: Option<usize>,
}

/// What stands between two groups of digits.
#[derive(Clone, Copy, Debug, Default)]
#[expect(
    clippy::struct_excessive_bools,
    reason = "any of these signs may stand in a gap"
)]
struct Gap {
    characters: usize,
    space: bool,
    dash: bool,
    /// A dash longer than a hyphen, as ranges have.
    long_dash: bool,
    dot: bool,
    slash: bool,
    open: bool,
    close: bool,
    plus: bool,
}

impl Gap {
    /// Tells whether words could be divided here.
    fn divides(self) -> bool {
        self.space || self.plus || self.open && !self.dash
    }

    fn add(&mut self, character: char) -> bool {
        match character {
            _ if character.is_whitespace() => self.space = true,
            '-' | '\u{2010}' | '\u{2011}' | '\u{fe63}' | '\u{ff0d}' => self.dash = true,
            '\u{2012}'..='\u{2015}' | '\u{2212}' | '\u{fe58}' => {
                self.dash = true;
                self.long_dash = true;
            }
            '.' | '·' | '\u{2024}' | '\u{2027}' | '\u{ff0e}' => self.dot = true,
            '/' | '\u{2044}' | '\u{2215}' | '\u{ff0f}' => self.slash = true,
            '(' | '[' | '\u{ff08}' | '\u{ff3b}' => self.open = true,
            ')' | ']' | '\u{ff09}' | '\u{ff3d}' => self.close = true,
            _ if is_plus(character) => self.plus = true,
            _ => return false,
        }
        self.characters += 1;
        true
    }
}

/// Tells quickly that a text has too few digits for a number, as most have.
fn may_have_numbers(text: &str) -> bool {
    let enough = 3;
    text.bytes().filter(u8::is_ascii_digit).take(enough).count() == enough
        || !text.is_ascii()
            && text
                .chars()
                .filter(|character| digit(*character).is_some())
                .take(enough)
                .count()
                == enough
}

fn is_plus(character: char) -> bool {
    matches!(character, '+' | '\u{ff0b}' | '\u{fe62}')
}

/// Tells whether a character takes no room and has no meaning for a number: soft hyphens, joiners, marks of direction, and the signs that make
/// an emoji of a digit.
fn is_unseen(character: char) -> bool {
    matches!(character, '\u{ad}' | '\u{34f}' | '\u{61c}' | '\u{180e}' | '\u{200b}'..='\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2060}'..='\u{206f}'
        | '\u{20e3}' | '\u{fe00}'..='\u{fe0f}' | '\u{feff}')
}

/// Gives the key of a telephone on which a digit or a letter stands (ITU-T E.161).
fn key(character: char) -> Option<char> {
    if let Some(value) = digit(character) {
        return char::from_digit(value, 10);
    }
    let letter = match character {
        '\u{ff21}'..='\u{ff3a}' | '\u{ff41}'..='\u{ff5a}' => {
            char::from_u32(u32::from(character) - 0xfee0)?
        }
        _ => character,
    };
    Some(match letter.to_ascii_uppercase() {
        'A'..='C' => '2',
        'D'..='F' => '3',
        'G'..='I' => '4',
        'J'..='L' => '5',
        'M'..='O' => '6',
        'P'..='S' => '7',
        'T'..='V' => '8',
        'W'..='Z' => '9',
        _ => return None,
    })
}

/// Finds the runs of digits.
fn groups(text: &str) -> Vec<DigitGroup> {
    let mut groups: Vec<DigitGroup> = Vec::new();
    let mut gap = None;
    let mut plus = None;
    let mut open = None;
    let mut is_inside = false;
    for (at, character) in text.char_indices() {
        if is_unseen(character) {
            continue;
        }
        if let Some(value) = digit(character) {
            let value = char::from_digit(value, 10).unwrap_or('0');
            let end = at + character.len_utf8();
            match groups.last_mut() {
                Some(group) if is_inside => {
                    group.range.end = end;
                    group.digits.push(value);
                }
                _ => groups.push(DigitGroup {
                    range: at..end,
                    digits: value.to_string(),
                    gap: gap.take(),
                    plus: plus.take(),
                    open: open.take(),
                }),
            }
            is_inside = true;
            continue;
        }
        if is_inside {
            gap = Some(Gap::default());
        }
        is_inside = false;
        let mut characters: Gap = gap.unwrap_or_default();
        let is_of_gap = characters.add(character) && characters.characters <= MAX_GAP;
        gap = gap.and(is_of_gap.then_some(characters));
        match character {
            _ if is_plus(character) => (plus, open) = (Some(at), None),
            '(' | '[' | '\u{ff08}' | '\u{ff3b}' => open = Some(at),
            _ => (plus, open) = (None, None),
        }
    }
    groups
}

/// What is known about some groups that could be a number.
struct Window<'r> {
    groups: &'r [DigitGroup],
    lengths: Vec<usize>,
    total: usize,
    /// Whether the words before say that something is called.
    is_called: bool,
}

impl Window<'_> {
    fn digits(&self, group: usize) -> &str {
        &self.groups[group].digits
    }

    fn all_digits(&self) -> String {
        self.groups
            .iter()
            .map(|group| group.digits.as_str())
            .collect()
    }

    fn gaps(&self) -> impl Iterator<Item = Gap> + '_ {
        self.groups[1..].iter().filter_map(|group| group.gap)
    }

    fn all_gaps(&self, is: impl Fn(Gap) -> bool) -> bool {
        self.gaps().all(is)
    }
}

struct PhoneReader<'t> {
    text: &'t str,
    groups: Vec<DigitGroup>,
}

impl PhoneReader<'_> {
    /// Gives the last groups that a number beginning with a group could have, the farthest first.
    fn ends(&self, first: usize) -> impl Iterator<Item = usize> + use<> {
        let mut last = first;
        let mut total = self.groups[first].digits.len();
        while last + 1 < self.groups.len() && last + 1 - first < MAX_GROUPS {
            let next = &self.groups[last + 1];
            total += next.digits.len();
            if next.gap.is_none_or(|gap| gap.plus) || total > *DIGITS.end() {
                break;
            }
            last += 1;
        }
        (first..=last).rev()
    }

    /// Reads the number that begins with a group; gives also its last group.
    fn number_at(
        &self,
        first: usize,
        is_known: &dyn Fn(&Number) -> bool,
    ) -> Option<(Written, usize)> {
        let ends: Vec<(usize, bool)> = self
            .ends(first)
            .filter_map(|last| {
                let total: usize = self.groups[first..=last]
                    .iter()
                    .map(|group| group.digits.len())
                    .sum();
                let is_long = total >= 10;
                let is_free =
                    self.is_free_before(first, is_long) && self.is_free_after(last, is_long);
                (DIGITS.contains(&total) && is_free).then_some((last, is_long))
            })
            .collect();
        if ends.is_empty() {
            return None;
        }
        for (last, _) in &ends {
            let written = self.written(first, *last);
            if is_known(&written.number) {
                return Some((written, *last));
            }
        }
        let before = Before::new(self.text, self.start(first, first));
        if before.is_other {
            return None;
        }
        let found = ends
            .into_iter()
            .find(|(last, _)| self.is_number(first, *last, before.is_called))?;
        Some((self.written(first, found.0), found.0))
    }

    /// Gives where a number begins: at its `+`, or at a bracket that closes within it.
    fn start(&self, first: usize, last: usize) -> usize {
        let group = &self.groups[first];
        let closes = self.groups[first + 1..=last]
            .iter()
            .any(|group| group.gap.is_some_and(|gap| gap.close));
        let bracket = group.open.filter(|_| closes);
        let characters = bracket.into_iter().chain(group.plus);
        characters.fold(group.range.start, usize::min)
    }

    fn written(&self, first: usize, last: usize) -> Written {
        let groups = &self.groups[first..=last];
        let is_international = groups[0].plus.is_some();
        // In "+44 (0)20 7946 0000" the zero is dialed only within the country.
        let is_skipped = |index: usize, group: &DigitGroup| {
            is_international && index == 1 && group.digits == "0" && group.open.is_some()
        };
        let digits = groups.iter().enumerate();
        let digits = digits
            .filter(|(index, group)| !is_skipped(*index, group))
            .map(|(_, group)| group.digits.as_str())
            .collect();
        Written {
            range: self.start(first, last)..self.groups[last].range.end,
            number: Number {
                is_international,
                digits,
            },
        }
    }

    /// Tells whether a number could begin here: no letter, amount, path or longer number reaches over.
    fn is_free_before(&self, first: usize, is_long: bool) -> bool {
        let group = &self.groups[first];
        if let Some(gap) = group.gap {
            // Two numbers can share a slash; a DOI has one too.
            let before = self.groups[first - 1].gap;
            let is_second = gap.slash && before.is_some_and(|gap| !gap.dot);
            return gap.divides() || is_long && is_second || gap.close && gap.open;
        }
        let start = [group.plus, group.open].into_iter().flatten();
        let start = start.fold(group.range.start, usize::min);
        let mut before = self.text[..start]
            .char_indices()
            .rev()
            .filter(|(_, character)| !is_unseen(*character));
        let Some((at, character)) = before.next() else {
            return true;
        };
        if is_of_word(character) {
            return false;
        }
        if matches!(
            character,
            '$' | '€' | '£' | '¥' | '#' | '§' | '=' | '@' | '%'
        ) {
            return false;
        }
        if character == ' ' && is_money_before(&self.text[..at]) {
            return false;
        }
        let glues = matches!(
            character,
            '-' | '.' | '/' | '\\' | '&' | '_' | '~' | '^' | ':' | ',' | '\''
        ) || is_dash(character);
        if !glues {
            return true;
        }
        let Some((_, other)) = before.next() else {
            return character != '.';
        };
        if digit(other).is_some() {
            return false;
        }
        character == ':' && other != '/'
            || character != '.' && !(is_of_word(other) || matches!(other, '/' | ':' | '.'))
            || Before::new(self.text, start).calls_directly
    }

    /// Tells whether a number could end here.
    fn is_free_after(&self, last: usize, is_long: bool) -> bool {
        if let Some(next) = self.groups.get(last + 1)
            && let Some(gap) = next.gap
        {
            return gap.divides() || is_long && gap.slash || gap.close;
        }
        let mut after = self.text[self.groups[last].range.end..]
            .chars()
            .filter(|character| !is_unseen(*character));
        let (Some(character), other) = (after.next(), after.next()) else {
            return true;
        };
        let other = other.unwrap_or(' ');
        if matches!(character, 'x' | 'X') && digit(other).is_some() {
            return true;
        }
        if is_of_word(character)
            || matches!(character, '%' | '‰' | '°' | '€' | '£' | '=' | '@' | '_')
        {
            return false;
        }
        if character.is_whitespace() && matches!(other, '%' | '€' | '£') {
            return false;
        }
        match character {
            '.' => !other.is_lowercase() && digit(other).is_none(),
            ':' | ',' => digit(other).is_none(),
            _ if is_dash(character) => !is_of_word(other),
            _ => true,
        }
    }

    /// Tells whether groups stand as the groups of a telephone number do.
    fn is_number(&self, first: usize, last: usize, is_called: bool) -> bool {
        let groups = &self.groups[first..=last];
        let window = Window {
            groups,
            lengths: groups.iter().map(|group| group.digits.len()).collect(),
            total: groups.iter().map(|group| group.digits.len()).sum(),
            is_called,
        };
        if groups[0].plus.is_some() {
            return is_international(&window);
        }
        // "320/768/1280" is a list; "614/555-0177" is a number.
        let is_list = window.gaps().skip(1).any(|gap| gap.slash)
            && !is_called
            && !self.groups[last].digits.starts_with('0');
        if is_list {
            return false;
        }
        if has_date(groups) || is_book(groups) || self.is_counted(&window, last) {
            return false;
        }
        is_north_american(&window)
            || self.is_local(&window, last)
            || has_trunk_zero(&window)
            || is_elsewhere(&window)
            || is_called && is_anything(&window)
    }

    /// Tells whether groups are one amount with marks between its thousands, or a range of two amounts.
    fn is_counted(&self, window: &Window<'_>, last: usize) -> bool {
        let (head, rest) = (window.lengths[0], &window.lengths[1..]);
        let are_thousands = head <= 3
            && !rest.is_empty()
            && rest.iter().all(|length| *length == 3)
            && window.all_gaps(|gap| gap.characters == 1 && (gap.space || gap.dot))
            && window.digits(0) != "0";
        are_thousands && (window.total <= 7 || !window.is_called)
            || rest.len() == 1 && window.all_gaps(|gap| gap.dash) && self.has_unit(last)
    }

    /// Tells whether a word of measure stands behind a group.
    fn has_unit(&self, last: usize) -> bool {
        let rest = self.text[self.groups[last].range.end..].trim_start();
        let end = rest
            .find(|character: char| !character.is_alphabetic())
            .unwrap_or(rest.len());
        end <= 16 && UNITS.contains(&rest[..end].to_lowercase().as_str())
    }

    /// Numbers within a town: 555-0100.
    fn is_local(&self, window: &Window<'_>, last: usize) -> bool {
        if window.lengths != [3, 4] {
            return false;
        }
        let Some(gap) = window.gaps().next() else {
            return false;
        };
        let (area, line) = (window.digits(0), window.digits(1));
        if window.is_called {
            return gap.characters <= 2;
        }
        // No range ends in "0100", and ranges of round amounts are no numbers.
        let is_range = gap.long_dash || area.ends_with('0') && line.ends_with('0');
        let is_dashed = gap.dash && !gap.space && (line.starts_with('0') || !is_range);
        let is_apart = gap.space && !gap.dash && gap.characters == 1 && line.starts_with('0');
        (is_dashed || is_apart)
            && area.starts_with(|first: char| first >= '2')
            && !self.has_unit(last)
    }

    /// Reads a number in letters that begins with a group, such as "1-800-HOPE-NOW".
    fn letters_at(&self, first: usize) -> Option<Written> {
        if !self.is_free_before(first, true) {
            return None;
        }
        let mut area = first;
        let has_one = self.groups[first].digits == "1";
        if has_one {
            area += 1;
            self.groups.get(area)?.gap.filter(|gap| !gap.plus)?;
        }
        let code = self.groups[area].digits.as_str();
        if code.len() != 3 || !code.starts_with(|first: char| first >= '2') {
            return None;
        }
        let start = self.start(first, area);
        let is_called = Before::new(self.text, start).is_called;
        let is_toll_free = TOLL_FREE.contains(&code);
        let word = Letters::read(self.text, self.groups[area].range.end)?;
        let is_sure =
            has_one || is_called || is_toll_free && (word.is_dashed || word.keys.len() == 7);
        let is_written_as_number = word.is_upper || has_one && word.is_dashed;
        if !is_sure || !is_written_as_number {
            return None;
        }
        Some(Written {
            range: start..word.end,
            number: Number {
                is_international: self.groups[first].plus.is_some(),
                digits: format!(
                    "{}{code}{}",
                    if has_one { "1" } else { "" },
                    &word.keys[..7]
                ),
            },
        })
    }
}

/// Letters and digits behind an area code: at least seven keys, one of them a letter. What is longer is not dialed.
struct Letters {
    keys: String,
    end: usize,
    is_upper: bool,
    is_dashed: bool,
}

impl Letters {
    fn read(text: &str, start: usize) -> Option<Self> {
        let mut letters = Self {
            keys: String::new(),
            end: start,
            is_upper: true,
            is_dashed: true,
        };
        let mut has_letter = false;
        let mut gap = Some(Gap::default());
        let mut rest = text[start..]
            .char_indices()
            .filter(|(_, character)| !is_unseen(*character));
        let next = rest.find_map(|(at, character)| {
            let Some(key) = key(character) else {
                if letters.keys.len() >= 7 {
                    return Some((at, character));
                }
                let mut characters = gap.unwrap_or_default();
                if !characters.add(character) || characters.characters > 3 || characters.plus {
                    return Some((at, character));
                }
                gap = Some(characters);
                return None;
            };
            let gap = gap.take();
            if gap.is_some_and(|gap| gap.characters == 0) || letters.keys.len() > 12 {
                return Some((at, character));
            }
            letters.is_dashed &= gap.is_none_or(|gap| gap.dash && !gap.space);
            letters.is_upper &= !character.is_lowercase();
            has_letter |= character.is_alphabetic();
            letters.keys.push(key);
            letters.end = start + at + character.len_utf8();
            None
        });
        let ends = next.is_none_or(|(_, character)| !is_of_word(character));
        let mut is_whole = ends && has_letter && letters.keys.len() >= 7;
        if let Some((at, character)) = next
            && is_dash(character)
        {
            // "1-800-RECOVER-Y" is longer than what is dialed, but "800-PATIENT-trial" is not a number.
            let follows = text[start + at + character.len_utf8()..].chars().next();
            is_whole &= !follows.is_some_and(char::is_lowercase) || !letters.is_upper;
        }
        is_whole.then_some(letters)
    }
}

/// What the words before a number say about it.
struct Before {
    /// Something is called or written to.
    is_called: bool,
    /// The last word says it, without a word between.
    calls_directly: bool,
    /// The digits are those of something else.
    is_other: bool,
}

impl Before {
    fn new(text: &str, start: usize) -> Self {
        let from = text.ceil_char_boundary(start.saturating_sub(WORDS_BEFORE));
        let before = &text[from..start];
        let mut what = Self {
            is_called: false,
            calls_directly: false,
            is_other: false,
        };
        let words = before.split(|character: char| {
            !character.is_alphanumeric() && !"-.!?;\u{fffc}'’".contains(character)
        });
        for (index, word) in words
            .rev()
            .filter(|word| !word.is_empty())
            .take(6)
            .enumerate()
        {
            let bare = word
                .trim_matches(|character: char| !character.is_alphanumeric())
                .to_lowercase();
            if bare.starts_with(|first: char| digit(first).is_some()) {
                continue;
            }
            let is_calling = CALLING.contains(&bare.as_str())
                || index == 0 && CALLING_DIRECTLY.contains(&bare.as_str());
            what.is_other |= index == 0 && OTHER_NUMBERS.contains(&bare.as_str());
            if word.ends_with(['.', '!', '?', ';', '\u{fffc}']) && !is_calling {
                break;
            }
            what.calls_directly |= index == 0 && is_calling;
            what.is_called |= is_calling;
        }
        // Volume and pages of a journal: "89:1535-1541".
        what.is_other |= before.ends_with(':')
            && before[..before.len() - 1].ends_with(|character: char| digit(character).is_some());
        what
    }
}

/// Tells whether a character belongs to a word that digits could be part of: names, hashes, versions. Scripts that write no spaces, and those
/// whose words join no digits, do not.
fn is_of_word(character: char) -> bool {
    character == '_'
        || digit(character).is_some()
        || character.is_alphabetic()
            && character < '\u{370}'
            && !is_written_without_spaces(character)
}

fn is_dash(character: char) -> bool {
    let mut gap = Gap::default();
    gap.add(character) && gap.dash
}

fn is_money_before(text: &str) -> bool {
    text.ends_with(['$', '€', '£', '¥'])
}

fn is_year(digits: &str) -> bool {
    digits.len() == 4 && (digits.starts_with("19") || digits.starts_with("20"))
}

fn value(digits: &str) -> u64 {
    digits.parse().unwrap_or(u64::MAX)
}

/// Tells whether three of the groups are a date, or all of them years, or one of them a date without marks.
fn has_date(groups: &[DigitGroup]) -> bool {
    let is_day =
        |group: &DigitGroup| group.digits.len() <= 2 && (1..=31).contains(&value(&group.digits));
    let is_month = |group: &DigitGroup| is_day(group) && value(&group.digits) <= 12;
    let is_date = |three: &[DigitGroup]| {
        let [first, second, third] = three else {
            return false;
        };
        let day = |one: &DigitGroup, other: &DigitGroup| {
            is_day(one) && is_day(other) && (is_month(one) || is_month(other))
        };
        is_year(&first.digits) && day(second, third) || is_year(&third.digits) && day(first, second)
    };
    let is_compact = |group: &DigitGroup| {
        group.digits.len() == 8
            && is_year(&group.digits[..4])
            && (1..=12).contains(&value(&group.digits[4..6]))
            && (1..=31).contains(&value(&group.digits[6..]))
    };
    groups.windows(3).any(is_date)
        || groups.iter().all(|group| is_year(&group.digits))
        || groups.len() <= 2 && groups.iter().any(is_compact)
}

/// Tells whether groups are an ISBN, by their number of digits and the check digit.
fn is_book(groups: &[DigitGroup]) -> bool {
    let digits: Vec<u32> = groups
        .iter()
        .flat_map(|group| group.digits.chars())
        .filter_map(|digit| digit.to_digit(10))
        .collect();
    match digits.len() {
        13 => {
            let is_book = matches!(digits[..3], [9, 7, 8 | 9]);
            let sum: u32 = (0..)
                .zip(&digits)
                .map(|(at, digit)| digit * (1 + 2 * (at % 2)))
                .sum();
            is_book && sum.is_multiple_of(10)
        }
        10 => {
            let sum: u32 = (1..=10)
                .rev()
                .zip(&digits)
                .map(|(weight, digit)| weight * digit)
                .sum();
            groups.len() == 4 && groups[3].digits.len() == 1 && sum.is_multiple_of(11)
        }
        _ => false,
    }
}

/// `+` and the code of a country.
fn is_international(window: &Window<'_>) -> bool {
    if window.digits(0).starts_with('1') {
        return window.total == 11;
    }
    let is_enough = if window.lengths.len() == 1 && !window.is_called {
        window.total >= 10
    } else {
        window.total >= 8
    };
    is_enough && window.total <= 15 && !window.digits(0).starts_with('0')
}

/// Three digits of an area, three of an exchange, four of a line (North American Numbering Plan).
fn is_north_american(window: &Window<'_>) -> bool {
    let (has_one, lengths) = match window.lengths[..] {
        [1, ref rest @ ..] => (true, rest),
        ref all => (*all == [11], all),
    };
    let are_groups = matches!(lengths, [3, 3, 4] | [3, 7] | [6, 4] | [10 | 11]);
    if !are_groups || has_one && !window.digits(0).starts_with('1') {
        return false;
    }
    let digits = window.all_digits();
    let national = &digits[usize::from(has_one)..];
    let is_valid = [0, 3].into_iter().all(|at| national.as_bytes()[at] >= b'2');
    let has_marks = || {
        window
            .gaps()
            .any(|gap| gap.dash || gap.dot || gap.slash || gap.close)
    };
    match lengths {
        [3, 3, 4] => is_valid || window.is_called || has_marks(),
        [_, _] => is_valid && (window.is_called || has_marks()),
        _ => is_valid || window.is_called,
    }
}

/// A zero, or what is dialed for another country, then the number.
fn has_trunk_zero(window: &Window<'_>) -> bool {
    let first = window.digits(0);
    let code = match first {
        "011" => 3,
        _ if first.starts_with("00") => 2,
        _ if first.starts_with('0') && first.len() >= 2 => 1,
        _ => return false,
    };
    let digits = window.all_digits();
    let rest = &digits[code..];
    if rest.starts_with('0') || rest == "123456789" && window.lengths.len() == 1 {
        return false;
    }
    let lengths = window.lengths.as_slice();
    let are_pairs = lengths.iter().all(|length| *length == 2);
    if code > 1 {
        return (9..=15).contains(&rest.len()) && !are_pairs;
    }
    let is_whole = match lengths {
        [_] => (10..=11).contains(&window.total),
        [5, 4] => window.all_gaps(|gap| !gap.dash),
        [_, _] => window.all_gaps(|gap| !gap.dot),
        _ => !are_pairs || window.total == 10,
    };
    let is_long_enough = window.total >= 9 || window.total == 8 && first.len() >= 4;
    is_whole && is_long_enough && window.total <= 13
}

/// Forms of other countries that nothing else has.
fn is_elsewhere(window: &Window<'_>) -> bool {
    let first = window.digits(0);
    let is_dashed = window.all_gaps(|gap| gap.dash && !gap.long_dash && gap.characters == 1);
    let is_even = is_dashed || window.all_gaps(|gap| gap.space && gap.characters == 1);
    match window.lengths[..] {
        // 1800 111 888
        [4, 3, 3] => is_even && first.starts_with('1') && !is_year(first),
        // 91 123 45 67, 912 34 56 78
        [2, 3, 2, 2] | [3, 2, 2, 2] => is_even,
        // 55 1234 5678, 717-003-717
        [2, 4, 4] => is_dashed,
        [3, 3, 3] => is_dashed && !first.starts_with('0'),
        // 139 1234 5678
        [3, 4, 4] => is_dashed || is_even && first.starts_with('1'),
        // 9123-4567; a range of pages rises.
        [4, 4] | [5, 5] => is_dashed && value(first) > value(window.digits(1)),
        _ => false,
    }
}

/// What could be a number behind a word such as "call".
fn is_anything(window: &Window<'_>) -> bool {
    let is_decimal = window.lengths.len() == 2 && window.gaps().all(|gap| gap.dot && !gap.space);
    let is_zip = window.lengths == [5, 4] && window.gaps().all(|gap| gap.dash);
    window.total <= 15 && !is_decimal && !is_zip && window.lengths.iter().any(|length| *length > 1)
}

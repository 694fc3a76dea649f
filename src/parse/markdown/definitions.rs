//! Lines of the form `[name]: address`, which are no part of the text: words there that no link uses are lost to readers.
//!
//! In go the text and, one by one, the parser's events; out comes what was lost. Costs what the text is long.

use pulldown_cmark::{CowStr, Event, LinkType, RefDefs, Tag};
use std::collections::HashSet;
use std::ops::Range;

/// The beginnings of addresses, and signs that only addresses have.
const ADDRESSES: [&str; 6] = ["mailto:", "tel:", "sms:", "#", "./", "../"];
/// The ends of the names of files that links lead to.
const FILES: [&str; 6] = [".md", ".html", ".pdf", ".svg", ".png", ".jpg"];

/// What is known of these lines while a text is read.
pub(super) struct Definitions<'t> {
    /// Where the lines begin that could be such a line and that the parser has not reached, the last first.
    ahead: Vec<usize>,
    /// Where such lines begin of which the parser made no text.
    textless: Vec<usize>,
    /// The names that links use.
    used: Vec<CowStr<'t>>,
}

/// A line with words that no link uses, or with the name of another line.
#[derive(Debug, PartialEq)]
pub(super) struct Lost {
    /// The whole line, without its end; it may be several lines.
    pub range: Range<usize>,
    /// Whether another line before it has its name.
    pub is_repeated: bool,
}

impl<'t> Definitions<'t> {
    pub(super) fn of(text: &str) -> Self {
        let mut ahead: Vec<usize> = text
            .split_inclusive('\n')
            .scan(0, |start, line| {
                let at = *start;
                *start += line.len();
                Some((at, line))
            })
            .filter_map(|(start, line)| {
                let is_mark = |sign: char| " \t>-*+.):0123456789".contains(sign);
                let words = line.trim_start_matches(is_mark);
                let is_candidate = words.starts_with('[') && words.contains("]:");
                is_candidate.then_some(start + line.len() - words.len())
            })
            .collect();
        ahead.reverse();
        Self {
            ahead,
            textless: Vec::new(),
            used: Vec::new(),
        }
    }

    /// Notes what an event says: which text it is made of, and which name it uses.
    pub(super) fn see(&mut self, event: &Event<'t>, range: &Range<usize>) {
        let is_text = match event {
            Event::Start(Tag::Link { link_type, id, .. } | Tag::Image { link_type, id, .. }) => {
                if let LinkType::Reference | LinkType::Collapsed | LinkType::Shortcut = link_type {
                    self.used.push(id.clone());
                }
                true
            }
            Event::Start(tag) => matches!(tag, Tag::FootnoteDefinition(_)),
            Event::End(_) => false,
            _ => true,
        };
        if !is_text {
            return;
        }
        while let Some(at) = self.ahead.pop_if(|at| *at < range.end) {
            if at < range.start {
                self.textless.push(at);
            }
        }
    }

    /// Gives the lines that are lost, in order.
    pub(super) fn lost(self, text: &str, known: &RefDefs<'_>) -> Vec<Lost> {
        let used: HashSet<usize> = self
            .used
            .iter()
            .filter_map(|name| Some(known.get(name)?.span.start))
            .collect();
        let mut lost: Vec<Lost> = known
            .iter()
            .map(|(_, line)| line)
            .filter(|line| !used.contains(&line.span.start))
            .filter(|line| !is_remark(&line.dest))
            .filter(|line| line.title.is_some() || !is_address(&line.dest))
            .map(|line| Lost {
                range: trimmed(text, line.span.clone()),
                is_repeated: false,
            })
            .collect();
        let first: HashSet<usize> = known.iter().map(|(_, line)| line.span.start).collect();
        let textless = self
            .textless
            .into_iter()
            .chain(self.ahead.into_iter().rev());
        for start in textless.filter(|start| !first.contains(start)) {
            let line = text[start..].lines().next().unwrap_or_default();
            let Some((name, rest)) = line
                .strip_prefix('[')
                .and_then(|line| line.split_once("]:"))
            else {
                continue;
            };
            let first = known.get(name).map(|first| &*first.dest);
            if first.is_some_and(|first| first != rest.trim() && !is_remark(first)) {
                lost.push(Lost {
                    range: trimmed(text, start..start + line.len()),
                    is_repeated: true,
                });
            }
        }
        lost.sort_by_key(|lost| lost.range.start);
        lost
    }
}

fn trimmed(text: &str, range: Range<usize>) -> Range<usize> {
    range.start..range.start + text[range].trim_end().len()
}

/// Tells whether a line is a remark for editors, as in `[//]: # (a remark)`.
fn is_remark(address: &str) -> bool {
    address.is_empty() || address == "#"
}

fn is_address(text: &str) -> bool {
    let file = text.split('#').next().unwrap_or_default();
    text.contains('/')
        || ADDRESSES.iter().any(|start| text.starts_with(start))
        || FILES.iter().any(|end| file.ends_with(end))
}

#[cfg(test)]
mod tests {
    use super::*;
    use pulldown_cmark::{Options, Parser};

    fn lost(text: &str) -> Vec<String> {
        let mut events = Parser::new_ext(text, Options::ENABLE_FOOTNOTES).into_offset_iter();
        let mut definitions = Definitions::of(text);
        for (event, range) in events.by_ref() {
            definitions.see(&event, &range);
        }
        let lost = definitions.lost(text, events.reference_definitions());
        let written = |lost: Lost| {
            let sign = if lost.is_repeated { "2 " } else { "" };
            format!("{sign}{}", &text[lost.range])
        };
        lost.into_iter().map(written).collect()
    }

    #[test]
    fn words_in_a_line_that_no_link_uses_are_lost() {
        assert_eq!(lost("[Note]: word\n"), ["[Note]: word"]);
        assert_eq!(
            lost("a\n\n> - [Note]:\n>   word\r\n"),
            ["[Note]:\n>   word"]
        );
        assert_eq!(lost("[Note]: /x \"Words\"\n"), ["[Note]: /x \"Words\""]);
        assert_eq!(
            lost("See [a].\n\n[A]: x.md\n[a]: y.md\n[a]: x.md\n"),
            ["2 [a]: y.md"]
        );
    }

    #[test]
    fn what_links_use_and_what_has_no_words_is_not_lost() {
        for text in [
            "See [Note] and [x][b].\n\n[note]: word\n[B]: other\n",
            "[a]: https://example.org\n[b]: page.md#c\n[c]: #d\n",
            "[//]: # (A remark)\n[//]: # (Another)\n[comment]: <> (A third)\n",
            "[Note]: these words stand on the page\n",
            "    [Note]: word\n\n```\n[Note]: word\n```\n",
            "[^a]: word\n",
        ] {
            assert_eq!(lost(text), [""; 0], "{text}");
        }
    }

    #[test]
    fn any_number_of_lines_is_read_in_a_moment() {
        let start = std::time::Instant::now();
        let text = "[a]: b\n".repeat(1 << 15) + &"> [".repeat(1 << 10);
        assert!(lost(&text).len() <= 1 << 15);
        assert!(start.elapsed() < std::time::Duration::from_secs(20));
    }
}

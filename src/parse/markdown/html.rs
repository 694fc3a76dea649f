//! HTML within Markdown: what the settings allow becomes elements of the tree, and all else is found.

use super::comments::{Opening, UNCLOSED};
use super::{Builder, MAX_DEPTH, placeholder_end};
use crate::base::html::{self, Fault, Piece, clean, is_inline, is_void};
use crate::base::origin::Origin;
use crate::base::place::Place;
use crate::finding::Finding;
use crate::finding::rules::{RAW_HTML, TOO_DEEP};
use crate::parse::tree::{Element, Kind, NodeId, Words};
use std::ops::Range;

impl Builder<'_> {
    fn is_allowed(&self, name: &str) -> bool {
        self.reading
            .html_allow
            .iter()
            .any(|allowed| allowed == name)
    }

    /// Says what is wrong with a piece of HTML.
    pub(super) fn find_fault(&mut self, fault: &Fault, range: Range<usize>) {
        let (message, help) = match fault {
            Fault::Refused(name) => (
                format!("`<{name}>` is HTML, which articles may not use here"),
                match name.as_str() {
                    "!" | "?" => "take it out; a remark for editors is written as `<!-- remark -->`".to_owned(),
                    _ => "write it in Markdown, or allow the element in `stepdown.toml` under `[html] allow`".to_owned(),
                },
            ),
            Fault::Misplaced(name) => (
                format!("`<{name}>` cannot stand here, so only its words are shown"),
                if is_inline(name) {
                    "put it within a part of the element around it, or write it in Markdown"
                } else {
                    "put it at the start of a line, with an empty line before it, and within the element to which it belongs"
                }
                .to_owned(),
            ),
            Fault::LooseWords(name) => (
                format!("words stand in `<{name}>` that belong into one of its parts"),
                "put them into a part, as `<li>` in `<ul>` or `<td>` in `<tr>`".to_owned(),
            ),
            Fault::Untitled(name) => (
                format!("`<{name}>` does not begin with its title"),
                "begin it with `<summary>Title</summary>`, or write a callout `> [!more] Title`".to_owned(),
            ),
            Fault::Unclosed(name) => (
                format!("`<{name}>` does not end before the next empty line, so what follows stands outside of it"),
                match name.as_str() {
                    "details" => "leave no empty line before `</details>`, or write a callout `> [!more] Title`".to_owned(),
                    _ => format!("leave no empty line before `</{name}>`"),
                },
            ),
            Fault::Unfinished(name) => (
                format!("the tag `<{name}` does not end"),
                "write the missing `>` or the missing quotation mark".to_owned(),
            ),
            Fault::Unopened(name) => (
                format!("`</{name}>` ends something that does not begin in the lines before it"),
                format!("leave no empty line between `<{name}>` and `</{name}>`"),
            ),
            Fault::TooDeep(_) => (
                format!("more than {} elements lie in each other here", html::MAX_DEPTH),
                "take some of them out; until then only the words are shown".to_owned(),
            ),
        };
        let rule = match fault {
            Fault::TooDeep(_) => &TOO_DEEP,
            _ => &RAW_HTML,
        };
        self.find(Finding::new(rule, self.place(range), message).help(help));
    }

    /// Keeps a line of a block of HTML.
    pub(super) fn push_html(&mut self, html: &str, range: Range<usize>) {
        let mut at = 0;
        while let Some(found) = html[at..].find(UNCLOSED) {
            let start = at + found;
            if self.text[range.start + start..].starts_with(UNCLOSED) {
                self.keep_html(&html[at..=start], range.start + at);
                at = start + 1;
                continue;
            }
            self.keep_html(&html[at..start], range.start + at);
            at = start + self.find_unclosed(range.start + start);
        }
        self.keep_html(&html[at.min(html.len())..], range.start + at);
    }

    fn keep_html(&mut self, html: &str, start: usize) {
        self.html.0.push_str(html);
        self.html.1.push(html.len(), start..start + html.len());
    }

    pub(super) fn html_block(&mut self, range: Range<usize>) {
        let (html, origin) = std::mem::take(&mut self.html);
        let end = range.start + self.text[range.clone()].trim_end().len();
        let whole = range.start..end;
        match Opening::at(html.trim()) {
            Some(Opening::Comment) => return,
            Some(other) => {
                self.find_fault(&Fault::Refused(other.mark()[1..2].to_owned()), whole);
                return;
            }
            None => {}
        }
        let html = html.trim_end();
        let (pieces, faults) = clean(html, &|name| self.is_allowed(name));
        for fault in faults {
            let tag = match &fault {
                Fault::Refused(_) => None,
                Fault::Unopened(name) => Some(format!("</{name}")),
                Fault::Misplaced(name)
                | Fault::LooseWords(name)
                | Fault::Untitled(name)
                | Fault::Unclosed(name)
                | Fault::Unfinished(name)
                | Fault::TooDeep(name) => Some(format!("<{name}")),
            };
            let at = tag.and_then(|tag| Some((html.find(&tag)?, tag.len())));
            let range = at.map_or(whole.clone(), |(at, length)| {
                origin.source(&(at..at + length))
            });
            self.find_fault(&fault, range);
        }
        let mut words = Written {
            html,
            origin: &origin,
            whole: self.place(whole),
            at: Some(0),
        };
        self.add_pieces(self.parent(), pieces, &mut words);
    }

    fn add_pieces(&mut self, parent: NodeId, pieces: Vec<Piece>, written: &mut Written<'_>) {
        for piece in pieces {
            match piece {
                Piece::Text(text) => self.add_html_text(parent, &text, written),
                Piece::Element {
                    name,
                    attributes,
                    children,
                } => {
                    let element = self.tree.add_element(Element { name, attributes });
                    let kind = Kind::Element(element);
                    let node = self.tree.add(parent, kind, written.whole);
                    self.add_pieces(node, children, written);
                }
            }
        }
    }

    /// Adds text of a block of HTML. Markdown means nothing there, but placeholders are filled.
    fn add_html_text(&mut self, parent: NodeId, text: &str, written: &mut Written<'_>) {
        let at = written.find(text);
        let file = self.file;
        let place = |range: &Range<usize>| match at {
            Some(at) => {
                let range = at + range.start..at + range.end;
                Place::new(file, written.origin.source(&range))
            }
            None => written.whole,
        };
        for (range, is_placeholder) in parts_of(text) {
            let part = &text[range.clone()];
            let at = place(&range);
            let kind = if is_placeholder {
                Kind::Placeholder(self.tree.keep(&part[1..part.len() - 1]))
            } else if self.text[at.range()] == *part {
                Kind::Text(Words::Written)
            } else {
                Kind::Text(Words::Owned(self.tree.keep(part)))
            };
            self.tree.add(parent, kind, at);
        }
    }

    /// Opens, closes or refuses one tag within a line.
    pub(super) fn inline_html(&mut self, html: &str, range: Range<usize>) {
        if html.starts_with("<!--") {
            return;
        }
        if let Some(opening) = Opening::at(html) {
            self.find_fault(&Fault::Refused(opening.mark()[1..2].to_owned()), range);
            return;
        }
        let name = html::name_of(html.trim_start_matches(['<', '/']));
        if html.starts_with("</") {
            if self.open_element() == Some(name.as_str()) {
                self.open.pop();
            } else if self.is_allowed(&name) {
                let finding = Finding::new(
                    &RAW_HTML,
                    self.place(range),
                    format!(
                        "`</{name}>` ends something that does not begin before it in this paragraph"
                    ),
                );
                self.find(finding.help("put the start and the end into the same paragraph"));
            }
            return;
        }
        let (mut pieces, faults) = clean(html, &|name| self.is_allowed(name));
        match pieces.pop() {
            Some(Piece::Element {
                name, attributes, ..
            }) if is_inline(&name) => {
                if self.open.len() > MAX_DEPTH {
                    self.find_fault(&Fault::TooDeep(name), range);
                    return;
                }
                let has_content = !is_void(&name);
                let element = self.tree.add_element(Element { name, attributes });
                let node = self.add(Kind::Element(element), range);
                if has_content {
                    self.open.push(node);
                }
            }
            Some(Piece::Element { name, .. }) => self.find_fault(&Fault::Misplaced(name), range),
            _ => {
                let refused = faults
                    .into_iter()
                    .find(|fault| matches!(fault, Fault::Refused(_) | Fault::Misplaced(_)));
                let fault = refused.unwrap_or(if self.is_allowed(&name) {
                    Fault::Misplaced(name)
                } else {
                    Fault::Refused(name)
                });
                self.find_fault(&fault, range);
            }
        }
    }

    fn open_element(&self) -> Option<&str> {
        match self.tree.node(self.parent()).kind {
            Kind::Element(element) => Some(&self.tree.elements[element as usize].name),
            _ => None,
        }
    }

    /// Closes elements that their paragraph leaves open.
    pub(super) fn close_elements(&mut self) {
        while self.open.len() > 1 && self.open_element().is_some() {
            self.open.pop();
        }
    }
}

/// Where the text of a block of HTML was written.
struct Written<'h> {
    html: &'h str,
    origin: &'h Origin,
    whole: Place,
    /// How far the block was looked through; nothing once a text was not found in it as it stands.
    at: Option<usize>,
}

impl Written<'_> {
    /// Finds the next text in the block.
    fn find(&mut self, text: &str) -> Option<usize> {
        if text.contains('&') {
            return None;
        }
        let from = self.at?;
        let found = self.html[from..].find(text).map(|at| from + at);
        self.at = found.map(|at| at + text.len());
        found
    }
}

/// Cuts a text into words and placeholders.
fn parts_of(text: &str) -> Vec<(Range<usize>, bool)> {
    let mut parts = Vec::new();
    let mut at = 0;
    for (open, _) in text.match_indices('{') {
        let Some(close) = placeholder_end(&text[open..]) else {
            continue;
        };
        if at < open {
            parts.push((at..open, false));
        }
        at = open + close;
        parts.push((open..at, true));
    }
    if at < text.len() {
        parts.push((at..text.len(), false));
    }
    parts
}

//! HTML in articles: reads a piece of it and keeps only what cannot do harm. The only file that names html5ever.

use html5ever::tendril::TendrilSink;
use html5ever::{ParseOpts, QualName, local_name, ns, parse_fragment};
use markup5ever_rcdom::{Handle, NodeData, RcDom};

/// The elements that settings may allow: none of them loads, runs or sends anything.
pub(crate) const SAFE_ELEMENTS: [&str; 47] = [
    "abbr",
    "b",
    "bdi",
    "bdo",
    "br",
    "cite",
    "code",
    "dd",
    "del",
    "details",
    "dfn",
    "div",
    "dl",
    "dt",
    "em",
    "figcaption",
    "figure",
    "h2",
    "h3",
    "h4",
    "h5",
    "h6",
    "hr",
    "i",
    "ins",
    "kbd",
    "li",
    "mark",
    "ol",
    "p",
    "q",
    "s",
    "samp",
    "small",
    "span",
    "strong",
    "sub",
    "summary",
    "sup",
    "table",
    "tbody",
    "td",
    "th",
    "thead",
    "tr",
    "u",
    "ul",
];
/// The attributes that are kept on any element.
const SAFE_ATTRIBUTES: [&str; 6] = ["colspan", "dir", "lang", "rowspan", "scope", "title"];
/// How deep elements may lie in each other.
pub(crate) const MAX_DEPTH: usize = 50;

/// A cleaned piece of HTML.
#[derive(Debug, PartialEq)]
pub(crate) enum Piece {
    /// Text.
    Text(String),
    /// An allowed element.
    Element {
        /// Its name.
        name: String,
        /// Its safe attributes.
        attributes: Vec<(String, String)>,
        /// What is in it.
        children: Vec<Piece>,
    },
}

/// Tells whether an element never has content.
pub(crate) fn is_void(name: &str) -> bool {
    matches!(name, "br" | "hr")
}

/// Tells whether an element stands within a line.
pub(crate) fn is_inline(name: &str) -> bool {
    matches!(
        name,
        "abbr"
            | "b"
            | "bdi"
            | "bdo"
            | "br"
            | "cite"
            | "code"
            | "del"
            | "dfn"
            | "em"
            | "i"
            | "ins"
            | "kbd"
            | "mark"
            | "q"
            | "s"
            | "samp"
            | "small"
            | "span"
            | "strong"
            | "sub"
            | "sup"
            | "u"
    )
}

/// Tells whether an element may stand in another one; at the top of a block the name of the other one is empty.
fn fits(name: &str, parent: &str) -> bool {
    match name {
        "li" => matches!(parent, "ul" | "ol"),
        "dt" | "dd" => parent == "dl",
        "thead" | "tbody" => parent == "table",
        "tr" => matches!(parent, "table" | "thead" | "tbody"),
        "td" | "th" => parent == "tr",
        "summary" => parent == "details",
        "figcaption" => parent == "figure",
        inline if is_inline(inline) => !holds_parts_only(parent),
        _ => matches!(
            parent,
            "" | "div" | "details" | "figure" | "figcaption" | "li" | "dd" | "td" | "th"
        ),
    }
}

/// Tells whether an element holds only its own parts, and no words.
fn holds_parts_only(name: &str) -> bool {
    matches!(
        name,
        "dl" | "ol" | "table" | "tbody" | "thead" | "tr" | "ul"
    )
}

/// What is wrong with a piece of HTML; each has the name of the element.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum Fault {
    /// It is not allowed; its words stay.
    Refused(String),
    /// It may not stand in the element around it; its words stay.
    Misplaced(String),
    /// Words stand in it that belong into one of its parts.
    LooseWords(String),
    /// It has no title, which must be its first part.
    Untitled(String),
    /// It does not end in this piece.
    Unclosed(String),
    /// Its tag has no end; all behind it stays as words.
    Unfinished(String),
    /// It ends and did not begin.
    Unopened(String),
    /// It lies too deep in others; of the whole piece only the words stay.
    TooDeep(String),
}

/// Reads HTML and keeps the allowed elements where they may stand; of all others their words stay. Gives also what is wrong, each fault once.
pub(crate) fn clean(html: &str, is_allowed: &dyn Fn(&str) -> bool) -> (Vec<Piece>, Vec<Fault>) {
    let mut tags = Tags::default();
    tags.read(html);
    let mut faults = tags.faults;
    let is_known = |name: &str| SAFE_ELEMENTS.contains(&name) && is_allowed(name);
    faults.retain(|fault| match fault {
        Fault::Unclosed(name) | Fault::Unopened(name) => is_known(name),
        _ => true,
    });
    faults.sort();
    faults.dedup();
    if faults
        .iter()
        .any(|fault| matches!(fault, Fault::TooDeep(_)))
    {
        faults.retain(|fault| !matches!(fault, Fault::Unclosed(_) | Fault::Unopened(_)));
        return (vec![Piece::Text(tags.words)], faults);
    }
    let context = QualName::new(None, ns!(html), local_name!("div"));
    let dom = parse_fragment(
        RcDom::default(),
        ParseOpts::default(),
        context,
        Vec::new(),
        false,
    )
    .one(&html[..html.len() - tags.unfinished.len()]);
    let document = dom.document.children.borrow();
    let top = document
        .first()
        .map(|root| below(root, "", &is_known, &mut faults));
    let mut pieces = top.unwrap_or_default();
    if !tags.unfinished.is_empty() {
        pieces.push(Piece::Text(tags.unfinished.to_owned()));
    }
    faults.sort();
    faults.dedup();
    (pieces, faults)
}

fn below(
    parent: &Handle,
    parent_name: &str,
    is_known: &dyn Fn(&str) -> bool,
    faults: &mut Vec<Fault>,
) -> Vec<Piece> {
    let mut pieces = Vec::new();
    for child in parent.children.borrow().iter() {
        match &child.data {
            NodeData::Text { contents } => {
                let text = contents.borrow().to_string();
                if holds_parts_only(parent_name) && !text.trim().is_empty() {
                    faults.push(Fault::LooseWords(parent_name.to_owned()));
                }
                pieces.push(Piece::Text(text));
            }
            NodeData::Element { name, attrs, .. } => {
                let name = name.local.to_string();
                if matches!(
                    name.as_str(),
                    "script" | "style" | "template" | "noscript" | "svg" | "math"
                ) {
                    faults.push(Fault::Refused(name));
                    continue;
                }
                // Every table gets a body, whether it was written or not.
                let is_kept = is_known(&name) || name == "tbody" && is_known("table");
                if !is_kept || !fits(&name, parent_name) {
                    pieces.extend(below(child, parent_name, is_known, faults));
                    faults.push(if is_kept {
                        Fault::Misplaced(name)
                    } else {
                        Fault::Refused(name)
                    });
                    continue;
                }
                let children = below(child, &name, is_known, faults);
                let first = children.iter().find(|child| !is_blank(child));
                let is_titled =
                    matches!(first, Some(Piece::Element { name, .. }) if name == "summary");
                if name == "details" && !is_titled {
                    faults.push(Fault::Untitled(name.clone()));
                }
                let attributes = attrs.borrow();
                let safe = attributes
                    .iter()
                    .filter(|attribute| SAFE_ATTRIBUTES.contains(&&*attribute.name.local));
                let attributes = safe
                    .map(|attribute| {
                        (
                            attribute.name.local.to_string(),
                            attribute.value.to_string(),
                        )
                    })
                    .collect();
                pieces.push(Piece::Element {
                    name,
                    attributes,
                    children,
                });
            }
            _ => {}
        }
    }
    pieces
}

fn is_blank(piece: &Piece) -> bool {
    matches!(piece, Piece::Text(text) if text.trim().is_empty())
}

/// The tags of a piece of HTML, read one by one: what the parser mends in silence is found here.
#[derive(Default)]
struct Tags<'a> {
    open: Vec<String>,
    faults: Vec<Fault>,
    /// The text between the tags.
    words: String,
    /// What stands from a tag on that does not end.
    unfinished: &'a str,
}

impl<'a> Tags<'a> {
    fn read(&mut self, html: &'a str) {
        let mut rest = html;
        while let Some(at) = rest.find('<') {
            let (words, tag) = rest.split_at(at);
            self.words.push_str(words);
            let mut letters = tag[1..].chars();
            rest = match letters.next() {
                Some('!' | '?') if tag.starts_with("<!--") => {
                    tag[2..].find("-->").map_or("", |end| &tag[end + 5..])
                }
                Some(character @ ('!' | '?')) => {
                    self.faults.push(Fault::Refused(character.to_string()));
                    tag.find('>').map_or("", |end| &tag[end + 1..])
                }
                Some('/')
                    if letters
                        .next()
                        .is_some_and(|letter| letter.is_ascii_alphabetic()) =>
                {
                    self.tag(tag, &tag[2..], Self::end)
                }
                Some(letter) if letter.is_ascii_alphabetic() => {
                    self.tag(tag, &tag[1..], Self::begin)
                }
                _ => {
                    self.words.push('<');
                    &tag[1..]
                }
            };
        }
        self.words.push_str(rest);
        let unclosed = self.open.drain(..).filter(|name| !ends_by_itself(name));
        self.faults.extend(unclosed.map(Fault::Unclosed));
    }

    /// Reads one tag, whose name stands at the start of `inner`; gives what follows it.
    fn tag(&mut self, tag: &'a str, inner: &str, read: fn(&mut Self, String)) -> &'a str {
        let name = name_of(inner);
        let Some(behind) = after_tag(tag) else {
            self.faults.push(Fault::Unfinished(name));
            self.words.push_str(tag);
            self.unfinished = tag;
            return "";
        };
        read(self, name);
        behind
    }

    fn begin(&mut self, name: String) {
        if is_empty(&name) {
            return;
        }
        if ends_by_itself(&name) {
            let near = self.open.iter().rposition(|open| !ends_by_itself(open));
            let from = near.map_or(0, |near| near + 1);
            let same = self.open[from..].iter().position(|open| *open == name);
            self.open
                .truncate(same.map_or(self.open.len(), |same| from + same));
        }
        if self.open.len() >= MAX_DEPTH {
            let has_it = self
                .faults
                .iter()
                .any(|fault| matches!(fault, Fault::TooDeep(_)));
            if !has_it {
                self.faults.push(Fault::TooDeep(name));
            }
            return;
        }
        self.open.push(name);
    }

    fn end(&mut self, name: String) {
        match self.open.iter().rposition(|open| *open == name) {
            Some(at) => {
                let within = self.open.drain(at..).skip(1);
                let unclosed = within.filter(|name| !ends_by_itself(name));
                self.faults.extend(unclosed.map(Fault::Unclosed));
            }
            None => self.faults.push(Fault::Unopened(name)),
        }
    }
}

/// Reads the name at the start of a text, in small letters.
pub(crate) fn name_of(text: &str) -> String {
    let end = text.find(|letter: char| !letter.is_ascii_alphanumeric());
    text[..end.unwrap_or(text.len())].to_ascii_lowercase()
}

/// Gives what follows a tag, if it ends; a `>` within quotes does not end it.
fn after_tag(tag: &str) -> Option<&str> {
    let mut quote = None;
    for (at, character) in tag.char_indices() {
        match (quote, character) {
            (None, '>') => return Some(&tag[at + 1..]),
            (None, '"' | '\'') => quote = Some(character),
            (Some(open), character) if open == character => quote = None,
            _ => {}
        }
    }
    None
}

/// Tells whether an element may be left open, since the next one ends it.
fn ends_by_itself(name: &str) -> bool {
    matches!(
        name,
        "dd" | "dt" | "li" | "p" | "tbody" | "td" | "th" | "thead" | "tr"
    )
}

/// Tells whether an element of HTML never has content.
fn is_empty(name: &str) -> bool {
    is_void(name)
        || matches!(
            name,
            "area"
                | "base"
                | "col"
                | "embed"
                | "img"
                | "input"
                | "link"
                | "meta"
                | "source"
                | "track"
                | "wbr"
        )
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_allowed_elements_and_safe_attributes_stay() {
        let (pieces, refused) = clean(
            "<abbr title=x onclick=y>a</abbr><script>b</script><u>c</u>",
            &|name| name == "abbr",
        );
        let names = ["script", "u"].map(|name| Fault::Refused(name.into()));
        assert_eq!(refused, names);
        let abbr = Piece::Element {
            name: "abbr".into(),
            attributes: vec![("title".into(), "x".into())],
            children: vec![Piece::Text("a".into())],
        };
        assert_eq!(pieces, [abbr, Piece::Text("c".into())]);
    }

    fn faults(html: &str) -> Vec<Fault> {
        clean(html, &|_| true).1
    }

    #[test]
    fn what_html_loses_or_puts_into_wrong_places_is_a_fault() {
        assert_eq!(faults("<ul>\n<li>a\n<li>b\n</ul>"), []);
        assert_eq!(faults("<details><summary>a</summary>b</details>"), []);
        assert_eq!(faults("<table><tr><th>a</th><td>b</td></tr></table>"), []);
        let name = |name: &str| name.to_owned();
        assert_eq!(
            faults("<details>\n<summary>a</summary>"),
            [Fault::Unclosed(name("details"))]
        );
        assert_eq!(faults("</details>"), [Fault::Unopened(name("details"))]);
        assert_eq!(
            faults("<details>a</details>"),
            [Fault::Untitled(name("details"))]
        );
        assert_eq!(faults("<li>a</li>"), [Fault::Misplaced(name("li"))]);
        assert_eq!(
            faults("<b><div>a</div></b>"),
            [Fault::Misplaced(name("div"))]
        );
        assert_eq!(faults("<ul>a</ul>"), [Fault::LooseWords(name("ul"))]);
        assert_eq!(
            faults("<p title=\"a>Never stop</p>"),
            [Fault::Unfinished(name("p"))]
        );
        assert_eq!(faults("<div><?a> b</div>"), [Fault::Refused(name("?"))]);
    }

    #[test]
    fn of_html_that_lies_too_deep_the_words_stay() {
        for html in [
            format!(
                "{}deep{} <b>after</b>",
                "<div>".repeat(60),
                "</div>".repeat(60)
            ),
            format!("{}deep after", "<div>".repeat(200_000)),
        ] {
            let (pieces, faults) = clean(&html, &|_| true);
            assert!(faults.contains(&Fault::TooDeep("div".into())), "{faults:?}");
            assert_eq!(pieces.len(), 1);
            assert!(matches!(&pieces[0], Piece::Text(text) if text.contains("deep after")));
        }
    }
}

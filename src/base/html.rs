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
const MAX_DEPTH: usize = 50;

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

/// Reads HTML and keeps the allowed elements; of others their text stays. Gives also the names that were not allowed.
pub(crate) fn clean(html: &str, is_allowed: &dyn Fn(&str) -> bool) -> (Vec<Piece>, Vec<String>) {
    let context = QualName::new(None, ns!(html), local_name!("div"));
    let dom = parse_fragment(
        RcDom::default(),
        ParseOpts::default(),
        context,
        Vec::new(),
        false,
    )
    .one(html);
    let mut refused = Vec::new();
    let document = dom.document.children.borrow();
    let top = document
        .first()
        .map(|root| below(root, is_allowed, &mut refused, 0));
    refused.sort();
    refused.dedup();
    (top.unwrap_or_default(), refused)
}

fn below(
    parent: &Handle,
    is_allowed: &dyn Fn(&str) -> bool,
    refused: &mut Vec<String>,
    depth: usize,
) -> Vec<Piece> {
    let mut pieces = Vec::new();
    if depth > MAX_DEPTH {
        return pieces;
    }
    for child in parent.children.borrow().iter() {
        match &child.data {
            NodeData::Text { contents } => pieces.push(Piece::Text(contents.borrow().to_string())),
            NodeData::Element { name, attrs, .. } => {
                let name = name.local.to_string();
                if matches!(
                    name.as_str(),
                    "script" | "style" | "template" | "noscript" | "svg" | "math"
                ) {
                    refused.push(name);
                    continue;
                }
                let children = below(child, is_allowed, refused, depth + 1);
                if !is_allowed(&name) || !SAFE_ELEMENTS.contains(&name.as_str()) {
                    refused.push(name);
                    pieces.extend(children);
                    continue;
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

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_allowed_elements_and_safe_attributes_stay() {
        let (pieces, refused) = clean(
            "<abbr title=x onclick=y>a</abbr><script>b</script><u>c</u>",
            &|name| name == "abbr",
        );
        assert_eq!(refused, ["script", "u"]);
        let abbr = Piece::Element {
            name: "abbr".into(),
            attributes: vec![("title".into(), "x".into())],
            children: vec![Piece::Text("a".into())],
        };
        assert_eq!(pieces, [abbr, Piece::Text("c".into())]);
    }
}

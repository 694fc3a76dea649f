//! A finished page as a tree. The reader is strict: what is opened must be closed, in order, so that every page is read the same by all browsers.

use std::collections::BTreeMap;

/// The elements that have no content.
const VOID: [&str; 14] = [
    "area", "base", "br", "col", "embed", "hr", "img", "input", "link", "meta", "source", "track",
    "wbr", "param",
];
/// The elements whose content is not HTML.
const RAW: [&str; 4] = ["script", "style", "textarea", "title"];

/// One element of a page.
#[derive(Clone, Debug)]
pub(crate) struct Element {
    pub name: String,
    pub attributes: BTreeMap<String, String>,
    pub parent: Option<usize>,
    /// The text and the elements in it, in order.
    content: Vec<Content>,
}

#[derive(Clone, Debug)]
enum Content {
    Text(String),
    Element(usize),
}

/// A page.
#[derive(Debug)]
pub(crate) struct Page {
    pub address: String,
    pub elements: Vec<Element>,
}

impl Page {
    /// Reads a page; anything that is not well formed fails.
    pub(crate) fn read(address: &str, html: &str) -> Self {
        let mut page = Self {
            address: address.to_owned(),
            elements: Vec::new(),
        };
        let body = html
            .strip_prefix("<!doctype html>")
            .unwrap_or_else(|| panic!("{address} has no doctype"));
        page.fill(body);
        page
    }

    fn fill(&mut self, html: &str) {
        let address = self.address.clone();
        let mut open: Vec<usize> = Vec::new();
        let mut rest = html;
        while let Some(at) = rest.find('<') {
            self.text(&open, &rest[..at]);
            rest = &rest[at..];
            if let Some(after) = rest.strip_prefix("<!--") {
                rest = after.split_once("-->").expect("a comment ends").1;
                continue;
            }
            let (tag, after) = end_of_tag(rest).unwrap_or_else(|| {
                let shown: String = rest.chars().take(60).collect();
                panic!("{address}: a tag does not end: {shown}")
            });
            rest = after;
            if let Some(name) = tag.strip_prefix('/') {
                let last = open.pop().map(|id| self.elements[id].name.as_str());
                assert_eq!(last, Some(name.trim()), "{address}: `</{name}>` closes");
                continue;
            }
            let (name, attributes) = read_tag(&address, tag);
            let id = self.elements.len();
            let parent = open.last().copied();
            if let Some(parent) = parent {
                self.elements[parent].content.push(Content::Element(id));
            }
            self.elements.push(Element {
                name: name.clone(),
                attributes,
                parent,
                content: Vec::new(),
            });
            let is_drawn = open.iter().any(|id| self.elements[*id].name == "svg");
            if VOID.contains(&name.as_str()) || is_drawn && tag.ends_with('/') {
                continue;
            }
            open.push(id);
            if RAW.contains(&name.as_str()) {
                let (text, after) = rest
                    .split_once(&format!("</{name}>"))
                    .unwrap_or_else(|| panic!("{address}: <{name}> ends"));
                self.text(&open, text);
                rest = after;
                open.pop();
            }
        }
        self.text(&open, rest);
        assert!(open.is_empty(), "{address}: something is never closed");
    }

    fn text(&mut self, open: &[usize], text: &str) {
        if text.is_empty() {
            return;
        }
        let Some(id) = open.last() else {
            let address = &self.address;
            assert!(text.trim().is_empty(), "{address}: text outside: {text}");
            return;
        };
        let text = decoded(text);
        self.elements[*id].content.push(Content::Text(text));
    }

    /// Gives all elements of a name, in order.
    pub(crate) fn all<'a>(&'a self, name: &'a str) -> impl Iterator<Item = usize> + 'a {
        (0..self.elements.len()).filter(move |id| self.elements[*id].name == name)
    }

    /// Gives the only element of a name.
    pub(crate) fn only(&self, name: &str) -> usize {
        let all: Vec<usize> = self.all(name).collect();
        assert_eq!(all.len(), 1, "{}: <{name}>", self.address);
        all[0]
    }

    /// Gives an attribute of an element.
    pub(crate) fn attribute(&self, id: usize, name: &str) -> Option<&str> {
        self.elements[id].attributes.get(name).map(String::as_str)
    }

    /// Gives the text of an element with all that is in it.
    pub(crate) fn text_of(&self, id: usize) -> String {
        let mut out = String::new();
        self.add_text(id, &mut out);
        out
    }

    fn add_text(&self, id: usize, out: &mut String) {
        for content in &self.elements[id].content {
            match content {
                Content::Text(text) => out.push_str(text),
                Content::Element(id) => self.add_text(*id, out),
            }
        }
    }

    /// Gives the text of an element in the order of the page, without the elements in it that are left out.
    pub(crate) fn text_without(&self, id: usize, is_left_out: &impl Fn(usize) -> bool) -> String {
        let mut out = String::new();
        for content in &self.elements[id].content {
            match content {
                Content::Text(text) => out.push_str(text),
                Content::Element(id) if is_left_out(*id) => {}
                Content::Element(id) => out.push_str(&self.text_without(*id, is_left_out)),
            }
        }
        out
    }

    /// Goes through every piece of text with the element it stands in.
    pub(crate) fn texts(&self) -> impl Iterator<Item = (usize, &str)> {
        self.elements.iter().enumerate().flat_map(|(id, element)| {
            let texts = element.content.iter().filter_map(|content| match content {
                Content::Text(text) => Some(text.as_str()),
                Content::Element(_) => None,
            });
            texts.map(move |text| (id, text))
        })
    }

    /// Gives an element and those around it, from the inside.
    pub(crate) fn around(&self, id: usize) -> impl Iterator<Item = usize> + '_ {
        std::iter::successors(Some(id), |id| self.elements[*id].parent)
    }

    /// Gives the language that holds for an element.
    pub(crate) fn language(&self, id: usize) -> Option<&str> {
        self.around(id)
            .find_map(|around| self.attribute(around, "lang"))
    }

    /// Tells whether an element lies in one of a name.
    pub(crate) fn lies_in(&self, id: usize, name: &str) -> bool {
        self.around(id)
            .any(|around| self.elements[around].name == name)
    }

    /// Tells whether an element lies in one that has a class.
    pub(crate) fn lies_in_class(&self, id: usize, class: &str) -> bool {
        self.around(id).any(|around| {
            self.attribute(around, "class")
                .is_some_and(|classes| classes.split(' ').any(|known| known == class))
        })
    }

    /// Gives all ids, in order, also twice.
    pub(crate) fn ids(&self) -> Vec<&str> {
        self.elements
            .iter()
            .filter_map(|element| element.attributes.get("id").map(String::as_str))
            .collect()
    }

    /// Gives the content of `<meta name="…">`.
    pub(crate) fn meta(&self, name: &str) -> Option<&str> {
        self.all("meta")
            .find(|id| self.attribute(*id, "name") == Some(name))
            .and_then(|id| self.attribute(id, "content"))
    }

    /// Gives the `href` of all links, in order.
    pub(crate) fn links(&self) -> Vec<&str> {
        self.all("a")
            .filter_map(|id| self.attribute(id, "href"))
            .collect()
    }

    /// Gives the text of the `main` element with single spaces.
    pub(crate) fn main(&self) -> String {
        single_spaces(&self.text_of(self.only("main")))
    }
}

/// Puts one space between words.
pub(crate) fn single_spaces(text: &str) -> String {
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}

/// Gives what stands between `<` and `>`, and what comes after; a `>` in quotes does not end a tag.
fn end_of_tag(text: &str) -> Option<(&str, &str)> {
    let mut quote = None;
    for (at, character) in text.char_indices().skip(1) {
        match (quote, character) {
            (None, '"' | '\'') => quote = Some(character),
            (None, '>') => return Some((&text[1..at], &text[at + 1..])),
            (Some(open), close) if open == close => quote = None,
            _ => {}
        }
    }
    None
}

fn read_tag(address: &str, tag: &str) -> (String, BTreeMap<String, String>) {
    let end = tag.find([' ', '\n', '/']).unwrap_or(tag.len());
    let (name, mut rest) = tag.split_at(end);
    let is_name = |name: &str| {
        name.bytes()
            .all(|byte| byte.is_ascii_lowercase() || byte.is_ascii_digit() || byte == b'-')
    };
    assert!(
        is_name(name) && !name.is_empty(),
        "{address}: <{tag}> is no tag"
    );
    let mut attributes = BTreeMap::new();
    loop {
        rest = rest.trim_start();
        if rest.is_empty() || rest == "/" {
            return (name.to_owned(), attributes);
        }
        let (key, after) = rest
            .split_once("=\"")
            .unwrap_or_else(|| panic!("{address}: <{tag}> has an attribute without quotes"));
        assert!(
            is_name(key) || key == "viewBox",
            "{address}: `{key}` is no attribute"
        );
        let (value, after) = after
            .split_once('"')
            .unwrap_or_else(|| panic!("{address}: <{tag}> has an open quote"));
        let twice = attributes.insert(key.to_owned(), decoded(value));
        assert!(twice.is_none(), "{address}: <{tag}> has `{key}` twice");
        rest = after;
    }
}

fn decoded(text: &str) -> String {
    if !text.contains('&') {
        return text.to_owned();
    }
    let mut out = text.to_owned();
    let names = [
        ("&lt;", "<"),
        ("&gt;", ">"),
        ("&quot;", "\""),
        ("&#39;", "'"),
        ("&#x27;", "'"),
        ("&#x2F;", "/"),
        ("&#47;", "/"),
        ("&amp;", "&"),
    ];
    for (name, sign) in names {
        out = out.replace(name, sign);
    }
    out
}

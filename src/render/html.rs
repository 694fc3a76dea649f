//! Writes the tree of a page as HTML, or as XHTML for e-books: the same elements, closed differently.
//!
//! No inline style and no handler is ever written, so that a strict content security policy holds.

mod drawing;

use crate::base::place::{FileId, Place};
use crate::base::slug::asset_address;
use crate::load::{Body, SourceFile};
use crate::model::{LanguageSite, Page, Site, word_anchor};
use crate::parse::tree::{Alignment, CalloutKind, CellRole, Kind, NodeId, Part, Target, Tree};
use crate::render::urls;
use std::collections::HashMap;
use std::fmt::Write as _;

/// How elements without content are closed.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Syntax {
    /// `<br>`
    Html,
    /// `<br/>`
    Xhtml,
}

/// Where links and pictures lead, as an edition addresses its parts.
pub(crate) trait Addresses {
    /// Gives the address of a page and an anchor on it; `None` if the edition does not have the page.
    fn page(&self, page: &Page, anchor: Option<&str>) -> Option<String>;
    /// Gives the address of a file; `None` if the edition does not have it.
    fn asset(&self, file: &SourceFile) -> Option<String>;
    /// Gives the address of an anchor on the page that is written.
    fn here(&self, anchor: &str) -> String {
        format!("#{anchor}")
    }
}

/// Relative addresses within a folder.
pub(crate) struct Relative<'a> {
    /// The address at which the page stands.
    pub from: &'a str,
}

impl Addresses for Relative<'_> {
    fn page(&self, page: &Page, anchor: Option<&str>) -> Option<String> {
        let address = urls::relative(self.from, &page.address);
        Some(with_anchor(address, anchor))
    }

    fn asset(&self, file: &SourceFile) -> Option<String> {
        Some(urls::relative(self.from, &asset_address(&file.path)))
    }
}

/// Whole addresses of a site that is published somewhere; where that is not known, nothing has an address.
pub(crate) struct Published<'a> {
    /// The address of the site, with a `/` at its end.
    pub base: Option<&'a str>,
}

impl Addresses for Published<'_> {
    fn page(&self, page: &Page, anchor: Option<&str>) -> Option<String> {
        let address = format!("{}{}", self.base?, page.address);
        Some(with_anchor(address, anchor))
    }

    fn asset(&self, file: &SourceFile) -> Option<String> {
        Some(format!("{}{}", self.base?, asset_address(&file.path)))
    }
}

fn with_anchor(mut address: String, anchor: Option<&str>) -> String {
    if let Some(anchor) = anchor {
        address.push('#');
        address.push_str(anchor);
    }
    address
}

/// A text of more characters than this makes a table of two columns narrow on a phone.
const LONG_CELL: usize = 60;
/// How many columns a table has that becomes a stack on a phone, row below row. One of two columns fits there unless its texts are
/// long, and one with more columns would be a stack too long to compare anything: it is moved sideways.
const STACKS: std::ops::RangeInclusive<usize> = 3..=6;

/// Writes the nodes below the root of a tree.
pub(crate) fn write(
    site: &Site,
    page: &Page,
    tree: &Tree,
    addresses: &dyn Addresses,
    syntax: Syntax,
) -> String {
    let mut writer = Writer::new(site, page, tree, addresses, syntax);
    writer.children(Tree::ROOT);
    writer.out
}

/// Writes the same as HTML, and on each element where in which source file it was written: `data-sd="PATH:START-END"`, in bytes.
pub(crate) fn write_with_places(
    site: &Site,
    page: &Page,
    tree: &Tree,
    addresses: &dyn Addresses,
) -> String {
    let mut writer = Writer::new(site, page, tree, addresses, Syntax::Html);
    writer.places = Some(Vec::new());
    writer.children(Tree::ROOT);
    let mut places = writer.places.unwrap_or_default();
    places.sort_by_key(|(offset, _)| *offset);
    places.dedup_by_key(|(offset, _)| *offset);
    let mut out = String::with_capacity(writer.out.len() * 2);
    let mut written = 0;
    for (offset, place) in places {
        out.push_str(&writer.out[written..offset]);
        let path = escaped(site.snapshot.file(place.file).path.as_str());
        let _ = write!(out, " data-sd=\"{path}:{}-{}\"", place.start, place.end);
        written = offset;
    }
    out.push_str(&writer.out[written..]);
    out
}

/// The bytes that cannot be written as they are: the signs of HTML, control characters, and the first byte of U+FFFE and U+FFFF.
const SPECIAL: [bool; 256] = {
    let mut special = [false; 256];
    let mut byte = 0;
    while byte < 0x20 {
        special[byte] = !matches!(byte, 0x09 | 0x0a | 0x0d);
        byte += 1;
    }
    special[0x7f] = true;
    special[0xef] = true;
    special[b'&' as usize] = true;
    special[b'<' as usize] = true;
    special[b'>' as usize] = true;
    special[b'"' as usize] = true;
    special
};

/// Writes text with the signs of HTML made harmless. What XML does not allow is left out.
pub(crate) fn escape(out: &mut String, text: &str) {
    let mut rest = text;
    while let Some(at) = rest.bytes().position(|byte| SPECIAL[usize::from(byte)]) {
        out.push_str(&rest[..at]);
        let character = rest[at..].chars().next().unwrap_or_default();
        match character {
            '&' => out.push_str("&amp;"),
            '<' => out.push_str("&lt;"),
            '>' => out.push_str("&gt;"),
            '"' => out.push_str("&quot;"),
            '\u{fffe}' | '\u{ffff}' => {}
            control if control.is_ascii() => {}
            other => out.push(other),
        }
        rest = &rest[at + character.len_utf8()..];
    }
    out.push_str(rest);
}

/// Gives text with the signs of HTML made harmless.
pub(crate) fn escaped(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    escape(&mut out, text);
    out
}

struct Writer<'a> {
    site: &'a Site,
    language: &'a LanguageSite,
    page: &'a Page,
    tree: &'a Tree,
    addresses: &'a dyn Addresses,
    syntax: Syntax,
    out: String,
    /// The direction of the text that is written now.
    direction: &'static str,
    /// How many parts have been labelled by an id of ours.
    labels: usize,
    /// How often each footnote has been marked.
    marks: HashMap<String, usize>,
    /// Whether a list of choices is written.
    is_choosing: bool,
    /// If somebody asks: where in `out` the name of an element's tag ends, and where the element was written.
    places: Option<Vec<(usize, Place)>>,
}

impl<'a> Writer<'a> {
    fn new(
        site: &'a Site,
        page: &'a Page,
        tree: &'a Tree,
        addresses: &'a dyn Addresses,
        syntax: Syntax,
    ) -> Self {
        Self {
            site,
            language: site.language_of(page),
            page,
            tree,
            addresses,
            syntax,
            out: String::with_capacity(16 * 1024),
            direction: site.language_of(page).language.direction(),
            labels: 0,
            marks: HashMap::new(),
            is_choosing: false,
            places: None,
        }
    }

    /// Notes where the element was written that begins at an offset of `out`, if one does.
    fn note_place(&mut self, offset: usize, place: Place) {
        let Some(places) = &mut self.places else {
            return;
        };
        if let Some(tag) = self.out[offset..].strip_prefix('<') {
            let name = tag.find(|sign: char| !sign.is_ascii_alphanumeric());
            if let Some(length) = name.filter(|length| *length > 0) {
                places.push((offset + 1 + length, place));
            }
        }
    }

    fn text(&self, name: &str) -> String {
        self.language.texts.text(name)
    }

    fn escape(&mut self, text: &str) {
        escape(&mut self.out, text);
    }

    fn void_end(&mut self) {
        self.out.push_str(match self.syntax {
            Syntax::Html => ">",
            Syntax::Xhtml => "/>",
        });
    }

    fn attribute(&mut self, name: &str, value: &str) {
        let _ = write!(self.out, " {name}=\"");
        self.escape(value);
        self.out.push('"');
    }

    /// Writes the language of a text, and its direction where it differs from that of the text around it.
    fn language_attributes(&mut self, code: &str) {
        self.attribute("lang", code);
        if self.syntax == Syntax::Xhtml {
            self.attribute("xml:lang", code);
        }
        let direction = crate::base::language::Language::new(code)
            .map_or("ltr", |language| language.direction());
        if direction != self.direction {
            self.attribute("dir", direction);
            self.direction = direction;
        }
    }

    fn children(&mut self, id: NodeId) {
        let tree = self.tree;
        for child in tree.children(id) {
            self.node(child);
        }
    }

    fn wrapped(&mut self, id: NodeId, tag: &str) {
        let _ = write!(self.out, "<{tag}>");
        self.children(id);
        let _ = write!(self.out, "</{tag}>");
    }

    fn block(&mut self, id: NodeId, tag: &str) {
        self.wrapped(id, tag);
        self.out.push('\n');
    }

    fn container(&mut self, id: NodeId, tag: &str) {
        let _ = writeln!(self.out, "<{tag}>");
        self.children(id);
        let _ = writeln!(self.out, "</{tag}>");
    }

    fn node(&mut self, id: NodeId) {
        let offset = self.out.len();
        self.write_node(id);
        self.note_place(offset, self.tree.node(id).place);
    }

    fn write_node(&mut self, id: NodeId) {
        match self.tree.node(id).kind {
            Kind::Root | Kind::CalloutTitle { .. } => self.children(id),
            Kind::Paragraph => self.block(id, "p"),
            Kind::Heading { level, id: anchor } => {
                self.heading(id, level, anchor.map(|anchor| self.tree.kept(anchor)))
            }
            Kind::List { start: None } => self.list(id),
            Kind::List { start: Some(start) } => self.ordered_list(id, start),
            Kind::Item { ticked } => self.item(id, ticked),
            Kind::DefinitionList => self.container(id, "dl"),
            Kind::DefinitionTerm(anchor) => {
                self.definition_term(id, anchor.map(|anchor| self.tree.kept(anchor)))
            }
            Kind::Definition => self.block(id, "dd"),
            Kind::Quote => self.container(id, "blockquote"),
            Kind::CodeBlock(_) => {
                self.out.push_str("<pre><code>");
                let words = self.words(id);
                self.escape(words);
                self.out.push_str("</code></pre>\n");
            }
            Kind::Rule => {
                self.out.push_str("<hr");
                self.void_end();
                self.out.push('\n');
            }
            Kind::Table => self.table(id),
            Kind::Caption => self.wrapped(id, "figcaption"),
            Kind::Row { .. } | Kind::Cell { .. } => {
                unreachable!("rows and cells stand in tables, which write them")
            }
            Kind::Callout(kind) => self.callout(id, kind),
            Kind::Figure => self.container(id, "figure"),
            Kind::Footnotes => self.footnotes(id),
            Kind::FootnoteText(number) => self.footnote(id, self.tree.kept(number)),
            Kind::Part(part, anchor) => {
                self.part(id, part, anchor.map(|anchor| self.tree.kept(anchor)))
            }
            Kind::Text(_) => {
                let words = self.words(id);
                self.escape(words);
            }
            Kind::Code(_) => {
                self.out.push_str("<code>");
                let words = self.words(id);
                self.escape(words);
                self.out.push_str("</code>");
            }
            Kind::SoftBreak => self.out.push('\n'),
            Kind::HardBreak => {
                self.out.push_str("<br");
                self.void_end();
                self.out.push('\n');
            }
            Kind::Emphasis => self.wrapped(id, "em"),
            Kind::Strong => self.wrapped(id, "strong"),
            Kind::Strikethrough => self.wrapped(id, "s"),
            Kind::Link(link) => self.link(id, &self.tree.links[link as usize].target),
            Kind::Image(link) => self.image(id, link),
            Kind::FootnoteMark(number) => self.footnote_mark(self.tree.kept(number)),
            Kind::Foreign(code) => self.foreign(id, "span", self.tree.kept(code)),
            Kind::ForeignBlock(code) => self.foreign(id, "div", self.tree.kept(code)),
            Kind::Unseen => {
                self.out.push_str("<span class=\"visually-hidden\">");
                self.children(id);
                self.out.push_str("</span>");
            }
            Kind::Isolate => self.wrapped(id, "bdi"),
            Kind::Mention => {
                self.out.push_str("<span class=\"mention\">");
                self.children(id);
                self.out.push_str("</span>");
            }
            Kind::Term(row) => self.term(id, row),
            Kind::Element(element) => self.element(id, element),
            Kind::Drawing(drawing) => drawing::write(self, &self.tree.drawings[drawing as usize]),
            Kind::Citation(citation) => self.citation(citation),
            Kind::Placeholder(_) | Kind::Embed(_) => {
                unreachable!("placeholders and embeds are resolved before a page is written")
            }
        }
    }

    fn words(&self, id: NodeId) -> &'a str {
        let tree: &'a Tree = self.tree;
        tree.words(id, &*self.site.snapshot)
    }

    fn heading(&mut self, id: NodeId, level: u8, anchor: Option<&str>) {
        let _ = write!(self.out, "<h{level}");
        if let Some(anchor) = anchor {
            self.attribute("id", anchor);
        }
        self.out.push('>');
        self.children(id);
        let _ = writeln!(self.out, "</h{level}>");
    }

    fn definition_term(&mut self, id: NodeId, anchor: Option<&str>) {
        self.out.push_str("<dt");
        if let Some(anchor) = anchor {
            self.attribute("id", anchor);
        }
        self.out.push('>');
        self.children(id);
        self.out.push_str("</dt>\n");
    }

    fn list(&mut self, id: NodeId) {
        self.container(id, "ul");
    }

    fn ordered_list(&mut self, id: NodeId, start: u32) {
        if start == 1 {
            self.container(id, "ol");
            return;
        }
        let _ = writeln!(self.out, "<ol start=\"{start}\">");
        self.children(id);
        self.out.push_str("</ol>\n");
    }

    fn item(&mut self, id: NodeId, ticked: Option<bool>) {
        match ticked {
            None if self.is_choosing && self.is_choice(id) => {
                self.out.push_str("<li class=\"choice\">");
            }
            None => self.out.push_str("<li>"),
            Some(is_ticked) => {
                let label = self.tree.text_of(id, &*self.site.snapshot);
                self.out
                    .push_str("<li class=\"task\"><input type=\"checkbox\" disabled=\"disabled\"");
                if is_ticked {
                    self.out.push_str(" checked=\"checked\"");
                }
                self.attribute("aria-label", label.trim());
                self.void_end();
                self.out.push(' ');
            }
        }
        self.children(id);
        self.out.push_str("</li>\n");
    }

    /// Tells whether an item is one link and nothing else. A number to call is no choice: it is part of what the page says.
    fn is_choice(&self, item: NodeId) -> bool {
        let tree = self.tree;
        let only = |id: NodeId| {
            let mut children = tree.children(id);
            children.next().filter(|_| children.next().is_none())
        };
        let inner = only(item).map(|child| match tree.node(child).kind {
            Kind::Paragraph => only(child),
            _ => Some(child),
        });
        match inner.flatten().map(|child| tree.node(child).kind) {
            Some(Kind::Link(link)) => match &tree.links[link as usize].target {
                Target::Outside(address) => address.starts_with("http"),
                target => self.address(target).is_some(),
            },
            _ => false,
        }
    }

    fn table(&mut self, id: NodeId) {
        let tree = self.tree;
        let caption = tree
            .children(id)
            .find(|child| tree.node(*child).kind == Kind::Caption);
        let head = tree
            .children(id)
            .find(|child| tree.node(*child).kind == Kind::Row { is_head: true });
        let heads: Vec<String> = head
            .into_iter()
            .flat_map(|head| tree.children(head))
            .map(|cell| tree.text_of(cell, &*self.site.snapshot))
            .collect();
        self.labels += 1;
        let label = format!("sd-table-{}", self.labels);
        self.out
            .push_str("<div class=\"table-scroll\" role=\"region\" tabindex=\"0\"");
        if caption.is_some() {
            self.attribute("aria-labelledby", &label);
        } else {
            self.attribute("aria-label", &heads.join(", "));
        }
        let has_long_cell = || {
            let parts = tree.children(id).filter(|part| Some(*part) != caption);
            parts.flat_map(|row| tree.children(row)).any(|cell| {
                let text = tree.text_of(cell, &*self.site.snapshot);
                text.chars().count() > LONG_CELL
            })
        };
        let is_stack = STACKS.contains(&heads.len()) || heads.len() == 2 && has_long_cell();
        self.out.push_str(if is_stack {
            ">\n<table class=\"stack\">\n"
        } else {
            ">\n<table>\n"
        });
        if let Some(caption) = caption {
            let _ = write!(self.out, "<caption id=\"{label}\">");
            self.children(caption);
            self.out.push_str("</caption>\n");
        }
        let rows: Vec<NodeId> = tree
            .children(id)
            .filter(|child| matches!(tree.node(*child).kind, Kind::Row { .. }))
            .collect();
        let is_head = |row: &&NodeId| tree.node(**row).kind == Kind::Row { is_head: true };
        for (tag, members) in [
            ("thead", rows.iter().filter(is_head).collect::<Vec<_>>()),
            ("tbody", rows.iter().filter(|row| !is_head(row)).collect()),
        ] {
            if members.is_empty() {
                continue;
            }
            let _ = writeln!(self.out, "<{tag}>");
            for row in members {
                self.row(*row, if is_stack { &heads } else { &[] });
            }
            let _ = writeln!(self.out, "</{tag}>");
        }
        self.out.push_str("</table>\n</div>\n");
    }

    /// Writes a row. In a table that can be a stack each cell has the head of its column with it.
    fn row(&mut self, id: NodeId, heads: &[String]) {
        let tree = self.tree;
        self.out.push_str("<tr>");
        for (column, cell) in tree.children(id).enumerate() {
            if let Kind::Cell { role, align } = tree.node(cell).kind {
                self.cell(cell, role, align, heads.get(column));
            }
        }
        self.out.push_str("</tr>\n");
    }

    fn cell(&mut self, id: NodeId, role: CellRole, align: Alignment, head: Option<&String>) {
        let is_empty = self.tree.first_child(id).is_none();
        let (tag, scope) = match role {
            CellRole::ColumnHeader if !is_empty => ("th", " scope=\"col\""),
            CellRole::RowHeader if !is_empty => ("th", " scope=\"row\""),
            _ => ("td", ""),
        };
        let class = match align {
            Alignment::Start => "",
            Alignment::Center => " class=\"align-center\"",
            Alignment::End => " class=\"align-end\"",
        };
        let offset = self.out.len();
        let _ = write!(self.out, "<{tag}{scope}{class}");
        if let Some(head) = head.filter(|_| tag == "td" && !is_empty) {
            self.attribute("data-head", head);
        }
        self.out.push('>');
        self.children(id);
        let _ = write!(self.out, "</{tag}>");
        self.note_place(offset, self.tree.node(id).place);
    }

    /// Writes a callout. Only what to do in an emergency is a landmark: a page has few of them, and readers who look for help jump there.
    /// The others are found by their heading, and those without one are a named group.
    fn callout(&mut self, id: NodeId, kind: CalloutKind) {
        let tree = self.tree;
        let mut children = tree.children(id);
        let title = children
            .next()
            .expect("page_tree gives every callout a title");
        let (level, anchor) = match tree.node(title).kind {
            Kind::Heading { level, id } => (Some(level), id),
            Kind::CalloutTitle { level } => (level, None),
            _ => unreachable!("the title of a callout is its first child"),
        };
        let is_folded = kind == CalloutKind::More;
        let box_tag = if is_folded { "details" } else { "section" };
        let title_tag = match level {
            Some(level) => format!("h{level}"),
            None if is_folded => "summary".to_owned(),
            None => "p".to_owned(),
        };
        let is_landmark = kind == CalloutKind::Emergency;
        let is_group = level.is_none() && !is_folded;
        let label = anchor.map(|anchor| tree.kept(anchor).to_owned());
        let label = label.or_else(|| {
            (is_landmark || is_group).then(|| {
                self.labels += 1;
                format!("sd-callout-{}", self.labels)
            })
        });
        let _ = write!(
            self.out,
            "<{box_tag} class=\"callout callout-{}\"",
            kind.word()
        );
        if is_group {
            self.attribute("role", "group");
        }
        if let Some(label) = label.as_ref().filter(|_| is_landmark || is_group) {
            self.attribute("aria-labelledby", label);
        }
        let _ = write!(self.out, ">\n<{title_tag} class=\"callout-title\"");
        if let Some(label) = &label {
            self.attribute("id", label);
        }
        self.out.push('>');
        self.children(title);
        let _ = writeln!(self.out, "</{title_tag}>\n<div class=\"callout-body\">");
        let is_choosing = kind == CalloutKind::Choices || !kind.has_heading() && self.is_choosing;
        let outer = std::mem::replace(&mut self.is_choosing, is_choosing);
        for child in children {
            self.node(child);
        }
        self.is_choosing = outer;
        let _ = writeln!(self.out, "</div>\n</{box_tag}>");
    }

    fn footnotes(&mut self, id: NodeId) {
        let tree = self.tree;
        self.out.push_str("<section class=\"footnotes\">\n");
        let (notes, rest): (Vec<NodeId>, Vec<NodeId>) = tree
            .children(id)
            .partition(|child| matches!(tree.node(*child).kind, Kind::FootnoteText(_)));
        for child in rest {
            self.node(child);
        }
        self.out.push_str("<ol>\n");
        for note in notes {
            self.node(note);
        }
        self.out.push_str("</ol>\n</section>\n");
    }

    fn footnote(&mut self, id: NodeId, number: &str) {
        let _ = writeln!(self.out, "<li id=\"sd-note-{number}\" value=\"{number}\">");
        self.children(id);
        let back = self.text("footnote-back");
        let _ = write!(
            self.out,
            "<p><a href=\"#sd-mark-{number}\" class=\"footnote-back\">"
        );
        self.escape(&back);
        self.out.push_str("</a></p>\n</li>\n");
    }

    fn footnote_mark(&mut self, number: &str) {
        let times = self.marks.entry(number.to_owned()).or_insert(0);
        *times += 1;
        let id = if *times == 1 {
            format!("sd-mark-{number}")
        } else {
            format!("sd-mark-{number}-{times}")
        };
        let label = self
            .language
            .texts
            .with("footnote-mark", &[("number", number)]);
        let _ = write!(
            self.out,
            "<sup class=\"footnote-mark\"><a id=\"{id}\" href=\"#sd-note-{number}\""
        );
        self.attribute("aria-label", &label);
        let _ = write!(self.out, ">{number}</a></sup>");
    }

    fn citation(&mut self, citation: u32) {
        if !self.out.ends_with([' ', '\n']) {
            self.out.push(' ');
        }
        self.out.push_str("<span class=\"citation\">");
        for (index, number) in self.tree.citations[citation as usize].iter().enumerate() {
            if index > 0 {
                self.out.push(' ');
            }
            let label = self
                .language
                .texts
                .with("citation-label", &[("number", &number.value)]);
            let _ = write!(self.out, "<a href=\"#sd-source-{}\"", number.value);
            self.attribute("aria-label", &label);
            let _ = write!(self.out, ">[{}]</a>", number.value);
        }
        self.out.push_str("</span>");
    }

    /// Writes a part: one with a heading is a section of the page.
    fn part(&mut self, id: NodeId, part: Part, anchor: Option<&str>) {
        let tree = self.tree;
        let first = tree.first_child(id).map(|first| tree.node(first).kind);
        let is_section = matches!(
            first,
            Some(Kind::Heading {
                id: Some(_),
                level: 2,
            })
        );
        let tag = match part {
            _ if is_section => "section",
            Part::Diagram => "figure",
            Part::Letters => "nav",
            _ => "div",
        };
        let _ = write!(self.out, "<{tag} class=\"part {}\"", part.class());
        if let Some(anchor) = anchor {
            self.attribute("id", anchor);
        }
        if part == Part::Letters {
            let label = self.text("a-to-z");
            self.attribute("aria-label", &label);
        }
        if part == Part::PastDue {
            self.attribute("hidden", "hidden");
        }
        self.out.push_str(">\n");
        self.children(id);
        let _ = writeln!(self.out, "</{tag}>");
    }

    /// Gives where a link or picture leads, if it leads anywhere in this edition.
    fn address(&self, target: &Target) -> Option<String> {
        match target {
            Target::Page(page, anchor) => self
                .addresses
                .page(self.site.page(*page), anchor.as_deref()),
            Target::Here(anchor) => Some(self.addresses.here(anchor)),
            Target::Asset(file) => self.addresses.asset(self.site.snapshot.file(*file)),
            Target::Outside(address) => Some(address.clone()),
            Target::Nowhere | Target::Written(_) | Target::Wiki(_) => None,
        }
    }

    fn link(&mut self, id: NodeId, target: &Target) {
        let Some(address) = self.address(target) else {
            self.children(id);
            return;
        };
        self.out.push_str("<a");
        self.attribute("href", &address);
        if address.starts_with("http") {
            if self.tree.text_of(id, &*self.site.snapshot) == address {
                self.attribute("class", "bare");
            }
            self.out.push_str(" rel=\"noopener noreferrer\"");
        }
        if let Target::Page(page, _) = target {
            let language = self.site.page(*page).language;
            if language != self.page.language {
                let code = self.site.languages[language].language.code().to_owned();
                self.attribute("hreflang", &code);
            }
        }
        self.out.push('>');
        self.children(id);
        if let Target::Asset(file) = target {
            let size = self.size_words(*file);
            self.out.push_str(&size);
        }
        self.out.push_str("</a>");
    }

    /// Says type and size of a file that a link leads to.
    fn size_words(&self, file: FileId) -> String {
        let file = self.site.snapshot.file(file);
        let kind = file.path.ending().to_uppercase();
        let size = match file.length {
            bytes @ 0..1_000 => format!("{bytes} B"),
            bytes @ 1_000..1_000_000 => format!("{} kB", bytes.div_ceil(1_000)),
            bytes => format!("{}.{} MB", bytes / 1_000_000, bytes % 1_000_000 / 100_000),
        };
        format!(" ({kind}, {size})")
    }

    fn image(&mut self, id: NodeId, link: u32) {
        let link = &self.tree.links[link as usize];
        let Target::Asset(file) = link.target else {
            return;
        };
        let tree = self.tree;
        let words: String = tree
            .children(id)
            .map(|child| tree.text_of(child, &*self.site.snapshot))
            .collect();
        let Some(source) = self.address(&link.target) else {
            self.escape(words.trim());
            return;
        };
        self.out.push_str("<img");
        self.attribute("src", &source);
        self.attribute("alt", if link.is_decorative { "" } else { words.trim() });
        if let Body::Asset(Some((width, height))) = self.site.snapshot.file(file).body {
            let _ = write!(self.out, " width=\"{width}\" height=\"{height}\"");
        }
        self.void_end();
    }

    fn foreign(&mut self, id: NodeId, tag: &str, code: &str) {
        let around = self.direction;
        let _ = write!(self.out, "<{tag}");
        self.language_attributes(code);
        self.out.push('>');
        self.children(id);
        let _ = write!(self.out, "</{tag}>");
        self.direction = around;
        if tag == "div" {
            self.out.push('\n');
        }
    }

    fn term(&mut self, id: NodeId, row: u32) {
        let terms = &self.site.languages[self.page.text_language].data.terms;
        let address = self.addresses.here(&word_anchor(&terms[row as usize].id));
        self.out.push_str("<a class=\"term\"");
        self.attribute("href", &address);
        self.out.push('>');
        self.children(id);
        self.out.push_str("</a>");
    }

    fn element(&mut self, id: NodeId, element: u32) {
        let element = &self.tree.elements[element as usize];
        let _ = write!(self.out, "<{}", element.name);
        for (name, value) in &element.attributes {
            self.attribute(name, value);
        }
        if crate::base::html::is_void(&element.name) {
            self.void_end();
            return;
        }
        self.out.push('>');
        self.children(id);
        let _ = write!(self.out, "</{}>", element.name);
    }
}

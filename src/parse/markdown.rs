//! Markdown to a tree. The only file that names pulldown-cmark.
//!
//! Beside CommonMark with tables, footnotes, task lists and definition lists it reads our conventions: callouts, embeds, citations, placeholders,
//! wikilinks, `{…}` after a bracket or a heading, and `Table: caption`.

use crate::base::html::{Piece, clean, is_void};
use crate::base::nearest::nearest;
use crate::base::place::{FileId, Place, Spot};
use crate::finding::rules::{
    LEFTOVER_REFERENCE, MISSING_ALT_TEXT, RAW_HTML, TOO_DEEP, UNKNOWN_CALLOUT, UNKNOWN_EMBED,
    WRONG_VALUE,
};
use crate::finding::{Finding, Findings};
use crate::parse::Reading;
use crate::parse::tree::{
    Alignment, CalloutKind, CellRole, Element, Embed, Kind, Link, NodeId, Target, Tree, Words,
};
use pulldown_cmark::{BrokenLink, CowStr, Event, LinkType, Options, Parser, Tag, TagEnd};
use std::cell::RefCell;
use std::ops::Range;

/// How deep parts may lie in each other.
const MAX_DEPTH: usize = 100;
/// A footnote's label has fewer bytes than this.
const LONGEST_LABEL: usize = 256;
/// A placeholder has fewer bytes than this, so no more text than this is read again when two pieces of it meet.
const LONGEST_PLACEHOLDER: usize = 64;
/// How many bytes of text a node has on average, for the first guess of a tree's size.
const NODE_TEXT: usize = 24;
/// Marks a bracket that is ours; no address that an author writes can be equal to it.
const OURS: &str = "\u{0}stepdown";

/// Builds the tree of one file.
pub(crate) struct Builder<'a> {
    file: FileId,
    text: &'a str,
    reading: &'a Reading,
    findings: &'a mut Findings,
    tree: Tree,
    /// The open nodes; what is added becomes a child of the last.
    open: Vec<NodeId>,
    /// How many parts below the deepest allowed one are open.
    too_deep: usize,
    /// Text before this byte is already used up.
    skip: usize,
    /// How many nodes are open whose text is not kept.
    silent: usize,
    /// The alignments of the open table.
    columns: Vec<Alignment>,
    cell: usize,
    is_head: bool,
}

impl<'a> Builder<'a> {
    /// Starts the tree of a file.
    pub(crate) fn new(
        file: FileId,
        text: &'a str,
        reading: &'a Reading,
        findings: &'a mut Findings,
    ) -> Self {
        Self {
            file,
            text,
            reading,
            findings,
            tree: Tree::new(Place::new(file, 0..text.len()), text.len() / NODE_TEXT),
            open: vec![Tree::ROOT],
            too_deep: 0,
            skip: 0,
            silent: 0,
            columns: Vec::new(),
            cell: 0,
            is_head: false,
        }
    }

    /// Reads the article's text.
    pub(crate) fn blocks(&mut self, range: Range<usize>) {
        self.read(range);
        self.mend_blocks(Tree::ROOT);
        self.look_for_leftovers(Tree::ROOT);
    }

    /// Reads one line of Markdown that stands in the file as it is; gives a loose node whose children are its words.
    pub(crate) fn line(&mut self, range: Range<usize>) -> NodeId {
        let node = self
            .tree
            .add_loose(Kind::Paragraph, self.place(range.clone()));
        self.open = vec![node];
        self.read(range);
        self.open = vec![Tree::ROOT];
        self.look_for_leftovers(node);
        let children: Vec<NodeId> = self.tree.children(node).collect();
        if let [only] = children[..]
            && self.tree.node(only).kind == Kind::Paragraph
        {
            return only;
        }
        node
    }

    /// Keeps one line of plain text that stands in the file in another form.
    pub(crate) fn loose_line(&mut self, place: Place, text: &str) -> NodeId {
        let node = self.tree.add_loose(Kind::Paragraph, place);
        let words = Words::Owned(self.tree.keep(text));
        self.tree.add(node, Kind::Text(words), place);
        node
    }

    /// Gives the tree.
    pub(crate) fn finish(self) -> Tree {
        self.tree
    }

    fn place(&self, range: Range<usize>) -> Place {
        Place::new(self.file, range)
    }

    fn find(&mut self, finding: Finding) {
        self.findings.push(finding);
    }

    fn read(&mut self, range: Range<usize>) {
        let offset = range.start;
        self.skip = offset;
        let text = &self.text[range];
        let options = Options::ENABLE_TABLES
            | Options::ENABLE_FOOTNOTES
            | Options::ENABLE_STRIKETHROUGH
            | Options::ENABLE_TASKLISTS
            | Options::ENABLE_DEFINITION_LIST
            | Options::ENABLE_WIKILINKS;
        let leftovers: RefCell<Vec<Range<usize>>> = RefCell::default();
        let claim = |link: BrokenLink<'_>| {
            let follows = text[link.span.end..].starts_with('{');
            let is_shortcut = link.link_type == LinkType::Shortcut;
            if is_shortcut && (link.reference.trim_start().starts_with('@') || follows) {
                return Some((CowStr::Borrowed(OURS), CowStr::Borrowed("")));
            }
            if !is_shortcut {
                leftovers.borrow_mut().push(link.span);
            }
            None
        };
        let parser = Parser::new_with_broken_link_callback(text, options, Some(claim));
        for (event, range) in parser.into_offset_iter() {
            self.event(event, range.start + offset..range.end + offset);
        }
        for span in leftovers.into_inner() {
            let range = span.start + offset..span.end + offset;
            let words = &self.text[range.clone()];
            let finding = Finding::new(
                &LEFTOVER_REFERENCE,
                self.place(range),
                format!("`{words}` leads nowhere, so readers would see its brackets"),
            );
            self.find(finding.help("define it on a line of its own, as `[name]: address`, or write the link as `[words](address)`"));
        }
    }

    fn event(&mut self, event: Event<'_>, range: Range<usize>) {
        match event {
            Event::Start(tag) => self.start(&tag, range),
            Event::End(tag) => self.end(tag, range),
            _ if self.too_deep > 0 || self.silent > 0 => {}
            Event::Text(text) => self.push_text(&text, range),
            Event::Code(code) => {
                let words = Words::Owned(self.tree.keep(&code));
                self.add(Kind::Code(words), range);
            }
            Event::SoftBreak => {
                self.add(Kind::SoftBreak, range);
            }
            Event::HardBreak => {
                self.add(Kind::HardBreak, range);
            }
            Event::Rule => {
                self.add(Kind::Rule, range);
            }
            Event::FootnoteReference(label) => {
                let label = self.tree.keep(&label);
                self.add(Kind::FootnoteMark(label), range);
            }
            Event::TaskListMarker(is_ticked) => self.tick(is_ticked),
            Event::InlineHtml(html) => self.inline_html(&html, range),
            Event::Html(_) | Event::InlineMath(_) | Event::DisplayMath(_) => {}
        }
    }

    fn parent(&self) -> NodeId {
        self.open[self.open.len() - 1]
    }

    fn add(&mut self, kind: Kind, range: Range<usize>) -> NodeId {
        let place = self.place(range);
        self.tree.add(self.parent(), kind, place)
    }

    fn push(&mut self, kind: Kind, range: Range<usize>) {
        let node = self.add(kind, range);
        self.open.push(node);
    }

    fn start(&mut self, tag: &Tag<'_>, range: Range<usize>) {
        if self.too_deep > 0 || self.open.len() > MAX_DEPTH {
            if self.too_deep == 0 {
                let finding = Finding::new(
                    &TOO_DEEP,
                    self.place(range.start..range.start + 1),
                    format!("more than {MAX_DEPTH} parts lie in each other here"),
                );
                self.find(
                    finding
                        .help("take out levels of lists or quotes; what lies deeper is left out"),
                );
            }
            self.too_deep += 1;
            return;
        }
        match tag {
            Tag::Paragraph => self.push(Kind::Paragraph, range),
            Tag::Heading { level, .. } => self.push(
                Kind::Heading {
                    level: *level as u8,
                    id: None,
                },
                range,
            ),
            Tag::BlockQuote(_) => self.push(Kind::Quote, range),
            Tag::CodeBlock(_) => {
                let words = Words::Owned(self.tree.keep(""));
                self.push(Kind::CodeBlock(words), range);
            }
            Tag::HtmlBlock => {
                self.html_block(range.clone());
                self.silent += 1;
                self.push(Kind::Paragraph, range);
            }
            Tag::List(start) => {
                let start = start.map(|start| u32::try_from(start).unwrap_or(1));
                self.push(Kind::List { start }, range);
            }
            Tag::Item => self.push(Kind::Item { ticked: None }, range),
            Tag::FootnoteDefinition(label) => {
                let label = self.tree.keep(label);
                self.push(Kind::FootnoteText(label), range);
            }
            Tag::DefinitionList => self.push(Kind::DefinitionList, range),
            Tag::DefinitionListTitle => self.push(Kind::DefinitionTerm(None), range),
            Tag::DefinitionListDefinition => self.push(Kind::Definition, range),
            Tag::Table(columns) => {
                self.columns = columns.iter().map(|column| alignment(*column)).collect();
                self.push(Kind::Table, range);
            }
            Tag::TableHead => self.start_row(true, range),
            Tag::TableRow => self.start_row(false, range),
            Tag::TableCell => {
                let align = self
                    .columns
                    .get(self.cell)
                    .copied()
                    .unwrap_or(Alignment::Start);
                let role = match (self.is_head, self.cell) {
                    (true, _) => CellRole::ColumnHeader,
                    (false, 0) if self.columns.len() > 1 => CellRole::RowHeader,
                    _ => CellRole::Value,
                };
                self.cell += 1;
                self.push(Kind::Cell { role, align }, range);
            }
            Tag::Emphasis => self.push(Kind::Emphasis, range),
            Tag::Strong => self.push(Kind::Strong, range),
            Tag::Strikethrough => self.push(Kind::Strikethrough, range),
            Tag::Link {
                link_type,
                dest_url,
                ..
            } => self.start_link(*link_type, dest_url, range),
            Tag::Image {
                link_type,
                dest_url,
                title,
                ..
            } => self.start_image(*link_type, dest_url, title, range),
            Tag::MetadataBlock(_) | Tag::Superscript | Tag::Subscript => {
                self.push(Kind::Paragraph, range)
            }
        }
    }

    fn start_row(&mut self, is_head: bool, range: Range<usize>) {
        self.is_head = is_head;
        self.cell = 0;
        self.push(Kind::Row { is_head }, range);
    }

    fn start_link(&mut self, kind: LinkType, address: &str, range: Range<usize>) {
        if address == OURS {
            let inner = self.text[range.clone()].trim_start_matches(['[', ' ']);
            if inner.starts_with('@') {
                let citation = self.citation(range.clone());
                self.silent += 1;
                self.push(Kind::Citation(citation), range);
            } else {
                self.push(Kind::Mention, range);
            }
            return;
        }
        let is_wiki = matches!(kind, LinkType::WikiLink { .. });
        let takes_title = kind == LinkType::WikiLink { has_pothole: false };
        let target = match kind {
            LinkType::Email => Target::Outside(format!("mailto:{address}")),
            _ if is_wiki => Target::Wiki(address.trim_end_matches('\\').trim().to_owned()),
            _ => Target::Written(address.to_owned()),
        };
        let link = self.link(Link {
            target,
            takes_title,
            is_decorative: false,
        });
        self.silent += usize::from(takes_title);
        self.push(Kind::Link(link), range);
    }

    fn link(&mut self, link: Link) -> u32 {
        self.tree.links.push(link);
        u32::try_from(self.tree.links.len() - 1).expect("a page has fewer than four billion links")
    }

    fn start_image(&mut self, kind: LinkType, address: &str, title: &str, range: Range<usize>) {
        if matches!(kind, LinkType::WikiLink { .. }) {
            let embed = self.embed(range.clone());
            self.silent += 1;
            self.push(Kind::Embed(embed), range);
            return;
        }
        let link = self.link(Link {
            target: Target::Written(address.to_owned()),
            takes_title: false,
            is_decorative: false,
        });
        self.push(Kind::Image(link), range.clone());
        if !title.is_empty() {
            let words = Words::Owned(self.tree.keep(title));
            let caption = self.add(Kind::Caption, range.clone());
            let place = self.place(range);
            self.tree.add(caption, Kind::Text(words), place);
        }
    }

    /// Reads `[@a; @b]`.
    fn citation(&mut self, range: Range<usize>) -> u32 {
        let mut at = range.start + 1;
        let mut ids = Vec::new();
        for part in self.text[at..range.end - 1].split(';') {
            let lead = part.len() - part.trim_start().len();
            let id = part.trim();
            let start = at + lead + usize::from(id.starts_with('@'));
            let name = id.trim_start_matches('@');
            ids.push(Spot {
                value: name.to_owned(),
                place: self.place(start..start + name.len()),
            });
            at += part.len() + 1;
        }
        self.tree.citations.push(ids);
        u32::try_from(self.tree.citations.len() - 1)
            .expect("a page has fewer than four billion citations")
    }

    /// Reads `![[name|option=value]]` from the source, since the parser keeps only what stands after the bar.
    fn embed(&mut self, range: Range<usize>) -> u32 {
        let inner = range.start + 3..range.end.saturating_sub(2).max(range.start + 3);
        let mut at = inner.start;
        let mut parts = Vec::new();
        for part in self.text.get(inner).unwrap_or_default().split('|') {
            let lead = part.len() - part.trim_start().len();
            let word = part.trim().trim_end_matches('\\');
            let start = at + lead;
            parts.push(Spot {
                value: word.to_owned(),
                place: self.place(start..start + word.len()),
            });
            at += part.len() + 1;
        }
        let name = parts.remove(0);
        let options = parts.into_iter().map(|part| {
            let (key, value) = part
                .value
                .split_once('=')
                .unwrap_or((part.value.as_str(), ""));
            let start = part.place.start as usize;
            let key_spot = Spot {
                value: key.trim().to_owned(),
                place: self.place(start..start + key.len()),
            };
            let value_start = start + part.value.len() - value.len();
            (
                key_spot,
                Spot {
                    value: value.trim().to_owned(),
                    place: self.place(value_start..value_start + value.len()),
                },
            )
        });
        let embed = Embed {
            name,
            options: options.collect(),
        };
        self.tree.embeds.push(embed);
        u32::try_from(self.tree.embeds.len() - 1)
            .expect("a page has fewer than four billion embeds")
    }

    fn tick(&mut self, is_ticked: bool) {
        let item = self
            .open
            .iter()
            .rev()
            .find(|node| matches!(self.tree.node(**node).kind, Kind::Item { .. }));
        if let Some(item) = item.copied() {
            self.tree.set_kind(
                item,
                Kind::Item {
                    ticked: Some(is_ticked),
                },
            );
        }
    }

    fn end(&mut self, tag: TagEnd, range: Range<usize>) {
        if self.too_deep > 0 {
            self.too_deep -= 1;
            return;
        }
        self.close_elements();
        let Some(node) = self.open.pop() else { return };
        match (self.tree.node(node).kind, tag) {
            (Kind::Citation(_) | Kind::Embed(_), _) | (_, TagEnd::HtmlBlock) => self.silent -= 1,
            (Kind::Link(link), _) if self.tree.links[link as usize].takes_title => self.silent -= 1,
            (Kind::Mention, _) => self.attributes_of_brackets(node, &range),
            (Kind::Image(link), _) => self.end_image(node, link, &range),
            (Kind::Heading { level, .. }, _) => self.end_heading(node, level),
            (Kind::Quote, _) => self.callout(node),
            _ => {}
        }
        if matches!(
            tag,
            TagEnd::BlockQuote(_)
                | TagEnd::Item
                | TagEnd::FootnoteDefinition
                | TagEnd::DefinitionListDefinition
        ) {
            self.mend_blocks(node);
        }
    }

    /// Reads `{…}` straight after a bracket; gives what is in it.
    fn attribute_block(&mut self, at: usize) -> Option<(&'a str, Range<usize>)> {
        let rest = self.text.get(at..)?.strip_prefix('{')?;
        let inner = rest.split_once('}')?.0;
        if inner.contains('\n') {
            return None;
        }
        let range = at..at + inner.len() + 2;
        self.skip = range.end;
        Some((inner.trim(), range))
    }

    fn attributes_of_brackets(&mut self, node: NodeId, range: &Range<usize>) {
        let Some((inner, place)) = self.attribute_block(range.end) else {
            return;
        };
        if inner == "mention" {
            return;
        }
        let language = inner
            .strip_prefix("lang=")
            .map(|code| code.trim_matches('"'))
            .and_then(crate::base::language::Language::new);
        if let Some(language) = language {
            let code = self.tree.keep(language.code());
            self.tree.set_kind(node, Kind::Foreign(code));
            return;
        }
        let finding = Finding::new(
            &WRONG_VALUE,
            self.place(place),
            format!("`{{{inner}}}` means nothing after brackets"),
        );
        self.find(finding.help("write `{lang=es}` for words in another language, or `{mention}` for a word that is named and not used"));
    }

    fn end_image(&mut self, node: NodeId, link: u32, range: &Range<usize>) {
        let attributes = self.attribute_block(range.end);
        let is_decorative = attributes
            .as_ref()
            .is_some_and(|(inner, _)| *inner == "decorative");
        if let Some((inner, place)) = attributes
            && !is_decorative
        {
            let finding = Finding::new(
                &WRONG_VALUE,
                self.place(place),
                format!("`{{{inner}}}` means nothing after a picture"),
            );
            self.find(
                finding
                    .help("write `{decorative}` for a picture that says nothing, or take it out"),
            );
        }
        self.tree.links[link as usize].is_decorative = is_decorative;
        let text = self.alternative_text(node);
        if text.trim().is_empty() && !is_decorative {
            let finding = Finding::new(
                &MISSING_ALT_TEXT,
                self.place(range.clone()),
                "the picture has no words for readers who cannot see it",
            );
            self.find(finding.help("say in the brackets what the picture shows, as `![words](picture.svg)`, or write `{decorative}` after it if it says nothing"));
        }
    }

    fn alternative_text(&self, image: NodeId) -> String {
        let sources = super::OneText(self.text);
        let words = self
            .tree
            .children(image)
            .filter(|child| self.tree.node(*child).kind != Kind::Caption);
        words
            .map(|child| self.tree.text_of(child, &sources))
            .collect()
    }

    /// Takes `{#id}` off the end of a heading.
    fn end_heading(&mut self, node: NodeId, level: u8) {
        let Some(last) = self.tree.last_child(node) else {
            return;
        };
        let place = self.tree.node(last).place;
        let is_written = self.tree.node(last).kind == Kind::Text(Words::Written);
        let text = &self.text[place.range()];
        let Some(start) = text
            .rfind("{#")
            .filter(|_| is_written && text.ends_with('}'))
        else {
            return;
        };
        let id = text[start + 2..text.len() - 1].trim();
        if id.is_empty() || id.contains(char::is_whitespace) {
            let finding = Finding::new(
                &WRONG_VALUE,
                self.place(place.start as usize + start..place.end as usize),
                "an anchor is one word without spaces",
            );
            self.find(finding.help("write, for example, `{#danger-signs}`"));
            return;
        }
        let id = self.tree.keep(id);
        self.tree.set_kind(
            node,
            Kind::Heading {
                level,
                id: Some(id),
            },
        );
        let end = place.start as usize + text[..start].trim_end().len();
        self.tree
            .set_place(last, self.place(place.start as usize..end));
    }

    /// Adds text: what touches the text before it becomes one node with it, and placeholders become nodes of their own.
    fn push_text(&mut self, text: &str, range: Range<usize>) {
        let parent = self.parent();
        if let Kind::CodeBlock(Words::Owned(_)) = self.tree.node(parent).kind {
            let before = self.tree.words(parent, &super::OneText("")).to_owned();
            let whole = self.tree.keep(&(before + text));
            self.tree
                .set_kind(parent, Kind::CodeBlock(Words::Owned(whole)));
            return;
        }
        if self.text[range.clone()] != *text {
            let words = Words::Owned(self.tree.keep(text));
            self.add(Kind::Text(words), range);
            return;
        }
        let start = range.start.max(self.skip).min(range.end);
        if start == range.end {
            return;
        }
        let last = self
            .tree
            .last_child(parent)
            .map(|last| (last, *self.tree.node(last)));
        let mut from = start;
        if let Some((last, node)) = last
            && node.kind == Kind::Text(Words::Written)
            && node.place.end as usize == start
        {
            let first = node.place.start as usize;
            let near = self
                .text
                .floor_char_boundary(start.saturating_sub(LONGEST_PLACEHOLDER))
                .max(first);
            let Some(open) = self.text[near..range.end].find('{') else {
                self.tree.set_place(last, self.place(first..range.end));
                return;
            };
            from = near + open;
            self.tree.set_place(last, self.place(first..from));
        }
        self.split_placeholders(from..range.end);
    }

    fn split_placeholders(&mut self, range: Range<usize>) {
        let mut at = range.start;
        while let Some(found) = self.text[at..range.end].find('{') {
            let open = at + found;
            let name_end = self.text[open + 1..range.end].find(|character: char| {
                !(character.is_ascii_alphanumeric() || matches!(character, '.' | '_'))
            });
            let close = name_end.map(|length| open + 1 + length);
            let is_escaped = self.text[..open].ends_with('\\');
            match close {
                Some(close)
                    if close > open + 1 && self.text[close..].starts_with('}') && !is_escaped =>
                {
                    self.add_written(at..open);
                    self.add(Kind::Placeholder, open..close + 1);
                    at = close + 1;
                }
                _ => {
                    self.add_written(at..open + 1);
                    at = open + 1;
                }
            }
        }
        self.add_written(at..range.end);
    }

    /// Adds text as it was written, joined with written text that it touches.
    fn add_written(&mut self, range: Range<usize>) {
        if range.is_empty() {
            return;
        }
        if let Some(last) = self.tree.last_child(self.parent()) {
            let node = *self.tree.node(last);
            if node.kind == Kind::Text(Words::Written) && node.place.end as usize == range.start {
                self.tree
                    .set_place(last, self.place(node.place.start as usize..range.end));
                return;
            }
        }
        self.add(Kind::Text(Words::Written), range);
    }

    /// Makes a callout of a quote whose first line is `[!kind] title`.
    fn callout(&mut self, quote: NodeId) {
        let Some(first) = self.tree.first_child(quote) else {
            return;
        };
        let Some(marker) = self.tree.first_child(first) else {
            return;
        };
        let node = *self.tree.node(marker);
        if self.tree.node(first).kind != Kind::Paragraph || node.kind != Kind::Text(Words::Written)
        {
            return;
        }
        let start = node.place.start as usize;
        let text = &self.text[node.place.range()];
        let Some((word, rest)) = text
            .strip_prefix("[!")
            .and_then(|rest| rest.split_once(']'))
        else {
            return;
        };
        if word.is_empty()
            || !word
                .bytes()
                .all(|byte| byte.is_ascii_alphanumeric() || byte == b'-')
        {
            return;
        }
        let known = CalloutKind::ALL
            .iter()
            .find(|(name, _)| name.eq_ignore_ascii_case(word));
        let kind = known.map_or(CalloutKind::Note, |(_, kind)| *kind);
        if known.is_none() {
            let names = CalloutKind::ALL.iter().map(|(name, _)| *name);
            let help = match nearest(word, names.clone()) {
                Some(name) => format!("did you mean `[!{name}]`?"),
                None => format!("known kinds are {}", names.collect::<Vec<_>>().join(", ")),
            };
            let place = self.place(start + 2..start + 2 + word.len());
            self.find(
                Finding::new(
                    &UNKNOWN_CALLOUT,
                    place,
                    format!("`{word}` is not a kind of callout"),
                )
                .help(help),
            );
        }
        let rest = rest.strip_prefix(['-', '+']).unwrap_or(rest).trim_start();
        let title_start = start + text.len() - rest.len();
        self.tree
            .set_place(marker, self.place(title_start..node.place.end as usize));
        self.split_callout_title(quote, first, kind);
    }

    fn split_callout_title(&mut self, quote: NodeId, first: NodeId, kind: CalloutKind) {
        let inline: Vec<NodeId> = self.tree.children(first).collect();
        let is_break = |node: &NodeId| {
            matches!(
                self.tree.node(*node).kind,
                Kind::SoftBreak | Kind::HardBreak
            )
        };
        let cut = inline.iter().position(is_break).unwrap_or(inline.len());
        let title: Vec<NodeId> = inline[..cut]
            .iter()
            .copied()
            .filter(|node| !self.is_blank(*node))
            .collect();
        let body: Vec<NodeId> = inline.get(cut + 1..).unwrap_or_default().to_vec();
        let mut children = Vec::new();
        if !title.is_empty() {
            let place = self.tree.node(title[0]).place;
            let end = self.tree.node(title[title.len() - 1]).place.end;
            let node = self
                .tree
                .add_loose(Kind::CalloutTitle, Place { end, ..place });
            self.tree.set_children(node, &title);
            children.push(node);
        }
        if !body.is_empty() {
            let place = self.tree.node(body[0]).place;
            let paragraph = self.tree.add_loose(Kind::Paragraph, place);
            self.tree.set_children(paragraph, &body);
            children.push(paragraph);
        }
        children.extend(self.tree.children(quote).skip(1).collect::<Vec<_>>());
        self.tree.set_children(quote, &children);
        self.tree.set_kind(quote, Kind::Callout(kind));
    }

    fn is_blank(&self, node: NodeId) -> bool {
        let node = self.tree.node(node);
        node.kind == Kind::Text(Words::Written) && self.text[node.place.range()].trim().is_empty()
    }

    /// Gives the blocks of a container their last form: embeds that stand alone, captions of tables, pictures with captions, no empty paragraphs.
    fn mend_blocks(&mut self, parent: NodeId) {
        let blocks: Vec<NodeId> = self.tree.children(parent).collect();
        let mut kept: Vec<NodeId> = Vec::with_capacity(blocks.len());
        for block in blocks {
            let node = *self.tree.node(block);
            if node.kind == Kind::Table
                && let Some(caption) = kept
                    .last()
                    .copied()
                    .filter(|before| self.is_caption(*before))
            {
                kept.pop();
                self.caption(block, caption);
            }
            if node.kind != Kind::Paragraph {
                kept.push(block);
                continue;
            }
            let inline: Vec<NodeId> = self
                .tree
                .children(block)
                .filter(|child| !self.is_blank(*child))
                .collect();
            let kinds: Vec<Kind> = inline
                .iter()
                .map(|child| self.tree.node(*child).kind)
                .collect();
            let is_embed = |kind: &Kind| matches!(kind, Kind::Embed(_));
            match kinds.as_slice() {
                [] => {}
                [Kind::Image(_)] if self.has_caption(inline[0]) => {
                    self.figure(block, inline[0]);
                    kept.push(block);
                }
                kinds
                    if kinds
                        .iter()
                        .all(|kind| is_embed(kind) || *kind == Kind::SoftBreak) =>
                {
                    kept.extend(
                        inline
                            .iter()
                            .filter(|child| is_embed(&self.tree.node(**child).kind)),
                    );
                }
                kinds => {
                    if let Some(position) = kinds.iter().position(is_embed) {
                        let place = self.tree.node(inline[position]).place;
                        let finding = Finding::new(
                            &UNKNOWN_EMBED,
                            place,
                            "a text is put in here in the middle of a sentence",
                        );
                        self.find(finding.help("put `![[…]]` on a line of its own, with an empty line before and after it"));
                        let rest: Vec<NodeId> = inline
                            .iter()
                            .copied()
                            .filter(|child| !is_embed(&self.tree.node(*child).kind))
                            .collect();
                        self.tree.set_children(block, &rest);
                    }
                    kept.push(block);
                }
            }
        }
        self.tree.set_children(parent, &kept);
    }

    fn is_caption(&self, block: NodeId) -> bool {
        let Some(first) = self.tree.first_child(block) else {
            return false;
        };
        let node = self.tree.node(first);
        self.tree.node(block).kind == Kind::Paragraph
            && node.kind == Kind::Text(Words::Written)
            && self.text[node.place.range()].starts_with("Table: ")
    }

    fn caption(&mut self, table: NodeId, caption: NodeId) {
        if let Some(first) = self.tree.first_child(caption) {
            let place = self.tree.node(first).place;
            self.tree.set_place(
                first,
                Place {
                    start: place.start + 7,
                    ..place
                },
            );
        }
        self.tree.set_kind(caption, Kind::Caption);
        let rows: Vec<NodeId> = self.tree.children(table).collect();
        let children: Vec<NodeId> = std::iter::once(caption).chain(rows).collect();
        self.tree.set_children(table, &children);
    }

    fn has_caption(&self, image: NodeId) -> bool {
        self.tree
            .children(image)
            .any(|child| self.tree.node(child).kind == Kind::Caption)
    }

    fn figure(&mut self, block: NodeId, image: NodeId) {
        let (captions, words): (Vec<NodeId>, Vec<NodeId>) = self
            .tree
            .children(image)
            .partition(|child| self.tree.node(*child).kind == Kind::Caption);
        self.tree.set_children(image, &words);
        self.tree.set_children(block, &[image]);
        for caption in captions {
            self.tree.attach(block, caption);
        }
        self.tree.set_kind(block, Kind::Figure);
    }

    /// Finds footnote marks without a footnote, which are plain text for the parser.
    fn look_for_leftovers(&mut self, root: NodeId) {
        if !self.text.contains("[^") {
            return;
        }
        let mut found = Vec::new();
        self.tree.walk(root, &mut |_, node| {
            if node.kind != Kind::Text(Words::Written) {
                return;
            }
            let text = &self.text[node.place.range()];
            for (at, _) in text.match_indices("[^") {
                let start = node.place.start as usize + at;
                let is_escaped = self.text[..start].ends_with('\\');
                if let Some(label) = footnote_label(&text[at..]).filter(|_| !is_escaped) {
                    found.push(start..start + label.len());
                }
            }
        });
        for range in found {
            let words = &self.text[range.clone()];
            let finding = Finding::new(
                &LEFTOVER_REFERENCE,
                self.place(range),
                format!("the footnote `{words}` has no text"),
            );
            self.find(finding.help(format!(
                "write its text on a line of its own, as `{words}: text`, or take the mark out"
            )));
        }
    }

    fn is_allowed(&self, name: &str) -> bool {
        self.reading
            .html_allow
            .iter()
            .any(|allowed| allowed == name)
    }

    fn refuse_html(&mut self, name: &str, range: Range<usize>) {
        let finding = Finding::new(
            &RAW_HTML,
            self.place(range),
            format!("`<{name}>` is HTML, which articles may not use here"),
        );
        self.find(finding.help(
            "write it in Markdown, or allow the element in `stepdown.toml` under `[html] allow`",
        ));
    }

    fn html_block(&mut self, range: Range<usize>) {
        let html = self.text[range.clone()].trim();
        if html.starts_with("<!--") && html.ends_with("-->") {
            return;
        }
        let (pieces, refused) = clean(html, &|name| self.is_allowed(name));
        let end = range.start + self.text[range.clone()].trim_end().len();
        for name in refused {
            self.refuse_html(&name, range.start..end);
        }
        self.add_pieces(self.parent(), pieces, &self.place(range.start..end));
    }

    fn add_pieces(&mut self, parent: NodeId, pieces: Vec<Piece>, place: &Place) {
        for piece in pieces {
            match piece {
                Piece::Text(text) => {
                    let words = Words::Owned(self.tree.keep(&text));
                    self.tree.add(parent, Kind::Text(words), *place);
                }
                Piece::Element {
                    name,
                    attributes,
                    children,
                } => {
                    let element = self.element(name, attributes);
                    let node = self.tree.add(parent, Kind::Element(element), *place);
                    self.add_pieces(node, children, place);
                }
            }
        }
    }

    fn element(&mut self, name: String, attributes: Vec<(String, String)>) -> u32 {
        self.tree.elements.push(Element { name, attributes });
        u32::try_from(self.tree.elements.len() - 1)
            .expect("a page has fewer than four billion elements")
    }

    /// Opens, closes or refuses one tag within a line.
    fn inline_html(&mut self, html: &str, range: Range<usize>) {
        if html.starts_with("<!--") {
            return;
        }
        let name: String = html
            .trim_start_matches(['<', '/'])
            .chars()
            .take_while(char::is_ascii_alphanumeric)
            .collect();
        let name = name.to_ascii_lowercase();
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
        let (mut pieces, refused) = clean(html, &|name| self.is_allowed(name));
        match pieces.pop() {
            Some(Piece::Element {
                name, attributes, ..
            }) => {
                let has_content = !is_void(&name);
                let element = self.element(name, attributes);
                let node = self.add(Kind::Element(element), range);
                if has_content {
                    self.open.push(node);
                }
            }
            _ => self.refuse_html(refused.first().map_or(name.as_str(), String::as_str), range),
        }
    }

    fn open_element(&self) -> Option<&str> {
        match self.tree.node(self.parent()).kind {
            Kind::Element(element) => Some(&self.tree.elements[element as usize].name),
            _ => None,
        }
    }

    /// Closes elements that their paragraph leaves open.
    fn close_elements(&mut self) {
        while self.open.len() > 1 && self.open_element().is_some() {
            self.open.pop();
        }
    }
}

/// Gives the mark of a footnote, such as `[^list]`, that a text begins with.
pub(crate) fn footnote_label(text: &str) -> Option<&str> {
    let near = &text[..text.floor_char_boundary(LONGEST_LABEL)];
    let label = near.strip_prefix("[^")?;
    let end = label.find(['[', ']']).filter(|end| *end > 0)?;
    label[end..].starts_with(']').then(|| &text[..end + 3])
}

fn alignment(alignment: pulldown_cmark::Alignment) -> Alignment {
    match alignment {
        pulldown_cmark::Alignment::Center => Alignment::Center,
        pulldown_cmark::Alignment::Right => Alignment::End,
        pulldown_cmark::Alignment::Left | pulldown_cmark::Alignment::None => Alignment::Start,
    }
}

//! Markdown to a tree. Only this file and its folder name pulldown-cmark.
//!
//! Beside CommonMark with tables, footnotes, task lists and definition lists it reads our conventions: callouts, embeds, citations, placeholders,
//! wikilinks, `{…}` after a bracket or a heading, and `Table: caption`.

mod comments;
mod definitions;
mod html;

use crate::base::html::Fault;
use crate::base::nearest::nearest;
use crate::base::origin::Origin;
use crate::base::place::{FileId, Place, Spot};
use crate::finding::rules::{
    BROKEN_LINK, EXTRA_CELL, LEFTOVER_MARKUP, LEFTOVER_REFERENCE, MISSING_ALT_TEXT, TOO_DEEP,
    UNCLOSED_COMMENT, UNKNOWN_CALLOUT, UNKNOWN_EMBED, WRONG_VALUE,
};
use crate::finding::{Finding, Findings, did_you_mean};
use crate::parse::Reading;
use crate::parse::tree::{
    Alignment, CalloutKind, CellRole, Embed, Kind, Link, NodeId, Target, TextId, Tree, Words,
};
use comments::{COMMENT, Opening, UNCLOSED, unmasked};
use definitions::{Definitions, Lost};
use pulldown_cmark::{
    BrokenLink, CodeBlockKind, CowStr, Event, LinkType, Options, Parser, Tag, TagEnd,
};
use std::borrow::Cow;
use std::cell::RefCell;
use std::collections::{HashMap, HashSet};
use std::ops::Range;

/// How deep parts may lie in each other.
const MAX_DEPTH: usize = 100;
/// A footnote's label has fewer bytes than this.
const LONGEST_LABEL: usize = 256;
/// A placeholder has fewer bytes than this, so no more text than this is read again when two pieces of it meet.
const LONGEST_PLACEHOLDER: usize = 64;
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
    /// Where the last cell ends.
    cell_end: usize,
    is_head: bool,
    /// Where the headings so far begin, with their levels.
    headings: Vec<(u32, u8)>,
    /// Whether the parser reads signs that stand for comments.
    is_masked: bool,
    /// The text of the open block of code.
    code: String,
    /// The open block of HTML, without the marks of quotations around it.
    html: (String, Origin),
    /// The texts of footnotes; wherever they were written, they become the last children of the root.
    notes: Vec<NodeId>,
    /// What such texts were written in.
    held_notes: HashSet<NodeId>,
}

impl<'a> Builder<'a> {
    /// Starts to add to the tree of a file.
    pub(crate) fn new(
        file: FileId,
        text: &'a str,
        reading: &'a Reading,
        tree: Tree,
        findings: &'a mut Findings,
    ) -> Self {
        Self {
            file,
            text,
            reading,
            findings,
            tree,
            open: vec![Tree::ROOT],
            too_deep: 0,
            skip: 0,
            silent: 0,
            columns: Vec::new(),
            cell: 0,
            cell_end: 0,
            is_head: false,
            headings: Vec::new(),
            is_masked: false,
            code: String::new(),
            html: Default::default(),
            notes: Vec::new(),
            held_notes: HashSet::new(),
        }
    }

    /// Reads the article's text.
    pub(crate) fn blocks(&mut self, range: Range<usize>) {
        self.read(range);
        for note in std::mem::take(&mut self.notes) {
            self.tree.attach(Tree::ROOT, note);
        }
        self.mend_blocks(Tree::ROOT);
        self.mend_lines(Tree::ROOT);
        self.look_for_leftovers(Tree::ROOT);
        self.look_for_lost_notes();
    }

    /// Reads all of the text as the words of one line; gives a loose node whose children are these words.
    pub(crate) fn line(&mut self) -> NodeId {
        let range = 0..self.text.len();
        let node = self
            .tree
            .add_loose(Kind::Paragraph, self.place(range.clone()));
        self.open = vec![node];
        self.read(range);
        self.open = vec![Tree::ROOT];
        for note in std::mem::take(&mut self.notes) {
            let at = self.tree.node(note).place;
            let finding = Finding::new(
                &LEFTOVER_REFERENCE,
                at,
                "a footnote cannot stand here, so readers would not see it",
            );
            self.find(
                finding.help("write its words without the sign `[^…]:`, or move it into the text"),
            );
        }
        self.mend_blocks(node);
        self.mend_lines(node);
        self.look_for_leftovers(node);
        let lines: Vec<NodeId> = self.tree.children(node).collect();
        if let [only] = lines[..]
            && self.tree.node(only).kind == Kind::Paragraph
        {
            return only;
        }
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
        let masked = comments::mask(text, options);
        for mark in masked.unclosed {
            self.find_unclosed(mark.start + offset);
        }
        for words in masked.refused {
            let range = words.start + offset..words.end + offset;
            self.find_fault(
                &Fault::Refused(self.text[range.start + 1..=range.start + 1].to_owned()),
                range,
            );
        }
        self.is_masked = matches!(masked.text, Cow::Owned(_));
        let text = &*masked.text;
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
        let mut events = parser.into_offset_iter();
        let mut definitions = Definitions::of(text);
        for (event, range) in events.by_ref() {
            definitions.see(&event, &range);
            self.event(event, range.start + offset..range.end + offset);
        }
        for lost in definitions.lost(text, events.reference_definitions()) {
            self.find_lost_definition(&lost, offset);
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

    fn find_lost_definition(&mut self, lost: &Lost, offset: usize) {
        let range = lost.range.start + offset..lost.range.end + offset;
        let written = &self.text[range.clone()];
        let name = written.split_inclusive("]:").next().unwrap_or_default();
        let message = if lost.is_repeated {
            format!("`{name}` is written before, so readers would not see this one")
        } else {
            format!("no link uses `{name}`, so readers would not see what is written here")
        };
        let link = name.trim_end_matches(':');
        let help = format!(
            "to show the words, put a backslash before them: `\\{name}`; to use an address, write a link such as `[words]{link}`; or take the line out"
        );
        let finding = Finding::new(&LEFTOVER_REFERENCE, self.place(range), message).help(help);
        self.find(finding);
    }

    fn event(&mut self, event: Event<'_>, range: Range<usize>) {
        match event {
            Event::Start(tag) => self.start(&tag, range),
            Event::End(tag) => self.end(tag, range),
            Event::Html(html) if self.too_deep == 0 => self.push_html(&html, range),
            _ if self.too_deep > 0 || self.silent > 0 => {}
            Event::Text(text) => self.push_text(&text, range),
            Event::Code(code) => {
                let code = self.unmasked(&code);
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
                let label = self.tree.keep(&label.to_lowercase());
                self.add(Kind::FootnoteMark(label), range);
            }
            Event::TaskListMarker(is_ticked) => self.tick(is_ticked),
            Event::InlineHtml(html) => self.inline_html(&self.unmasked(&html), range),
            Event::Html(_) | Event::InlineMath(_) | Event::DisplayMath(_) => {}
        }
    }

    /// Gives a text that the parser took out of a masked one as it was written.
    fn unmasked<'t>(&self, text: &'t str) -> Cow<'t, str> {
        if self.is_masked {
            unmasked(text)
        } else {
            Cow::Borrowed(text)
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
            Tag::CodeBlock(kind) => {
                if matches!(kind, CodeBlockKind::Fenced(_)) {
                    self.look_for_fence(range.clone());
                }
                let words = Words::Owned(self.tree.keep(""));
                self.code.clear();
                self.push(Kind::CodeBlock(words), range);
            }
            Tag::HtmlBlock => {
                self.html = Default::default();
                self.silent += 1;
                self.push(Kind::Paragraph, range);
            }
            Tag::List(start) => {
                let start = start.map(|start| u32::try_from(start).unwrap_or(1));
                self.push(Kind::List { start }, range);
            }
            Tag::Item => self.push(Kind::Item { ticked: None }, range),
            Tag::FootnoteDefinition(label) => {
                let label = self.tree.keep(&label.to_lowercase());
                let place = self.place(range);
                let note = self.tree.add_loose(Kind::FootnoteText(label), place);
                self.notes.push(note);
                self.held_notes.insert(self.parent());
                self.open.push(note);
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
                title,
                ..
            } => self.start_link(*link_type, &self.unmasked(dest_url), title, range),
            Tag::Image {
                link_type,
                dest_url,
                title,
                ..
            } => self.start_image(
                *link_type,
                &self.unmasked(dest_url),
                &self.unmasked(title),
                range,
            ),
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

    fn start_link(&mut self, kind: LinkType, address: &str, title: &str, range: Range<usize>) {
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
        if !title.is_empty() {
            let finding = Finding::new(
                &WRONG_VALUE,
                self.place_of_title(title, range.clone()),
                "the words in quotation marks behind the address are not shown to readers",
            );
            self.find(finding.help("write them into the sentence, or take them out"));
        }
        let is_wiki = matches!(kind, LinkType::WikiLink { .. });
        let takes_title = kind == LinkType::WikiLink { has_pothole: false };
        let target = match kind {
            LinkType::Email => Target::Outside(format!("mailto:{address}")),
            _ if is_wiki => Target::Wiki(address.trim_end_matches('\\').trim().to_owned()),
            _ => Target::Written(address.to_owned()),
        };
        let link = self.tree.add_link(Link {
            target,
            takes_title,
            is_decorative: false,
        });
        self.silent += usize::from(takes_title);
        self.push(Kind::Link(link), range);
    }

    /// Gives where the title of a link or picture stands; where it is written otherwise, the whole link.
    fn place_of_title(&self, title: &str, range: Range<usize>) -> Place {
        let found = self.text[range.clone()].rfind(title);
        self.place(found.map_or(range.clone(), |at| {
            range.start + at..range.start + at + title.len()
        }))
    }

    fn start_image(&mut self, kind: LinkType, address: &str, title: &str, range: Range<usize>) {
        if matches!(kind, LinkType::WikiLink { .. }) {
            let embed = self.embed(range.clone());
            self.silent += 1;
            self.push(Kind::Embed(embed), range);
            return;
        }
        let link = self.tree.add_link(Link {
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
        self.tree.add_citation(ids)
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
        let options = options.collect();
        self.tree.add_embed(Embed { name, options })
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
            (_, TagEnd::HtmlBlock) => {
                self.silent -= 1;
                self.html_block(range.clone());
            }
            (Kind::CodeBlock(_), _) => {
                let words = Words::Owned(self.tree.keep(&std::mem::take(&mut self.code)));
                self.tree.set_kind(node, Kind::CodeBlock(words));
            }
            (_, TagEnd::TableCell) => self.cell_end = range.end,
            (_, TagEnd::TableHead | TagEnd::TableRow) => self.look_for_extra_cells(range.clone()),
            (_, TagEnd::List(_)) => self.drop_items_of_notes(node),
            (Kind::Citation(_) | Kind::Embed(_), _) => self.silent -= 1,
            (Kind::Link(link), _) if self.tree.links[link as usize].takes_title => self.silent -= 1,
            (Kind::Link(_), _) => self.look_for_words(node, range.clone()),
            (Kind::Mention, _) => self.attributes_of_brackets(node, &range),
            (Kind::Image(link), _) => self.end_image(node, link, &range),
            (Kind::Heading { level, .. }, _) => {
                let start = self.tree.node(node).place.start;
                self.headings.push((start, level));
                self.end_heading(node, level);
            }
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
        if let Kind::CodeBlock(_) = self.tree.node(parent).kind {
            let code = self.unmasked(text);
            self.code.push_str(&code);
            return;
        }
        if self.is_masked && text.contains([UNCLOSED, COMMENT]) && text.len() == range.len() {
            self.push_text_beside_comments(text, range);
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

    /// Adds the text between comments, and finds those that do not end.
    fn push_text_beside_comments(&mut self, text: &str, range: Range<usize>) {
        let mut at = 0;
        while let Some(found) = text[at..].find([UNCLOSED, COMMENT]) {
            let start = at + found;
            if start > at {
                self.push_text(&text[at..start], range.start + at..range.start + start);
            }
            let written = &self.text[range.start + start..];
            let mark = if written.starts_with([UNCLOSED, COMMENT]) {
                1
            } else if text[start..].starts_with(COMMENT) {
                let rest = text[start..].trim_start_matches(COMMENT);
                text.len() - rest.len() - start + 1
            } else {
                self.find_unclosed(range.start + start)
            };
            let behind = written.get(mark..).unwrap_or_default();
            let spaces = behind.len() - behind.trim_start_matches([' ', '\t']).len();
            self.skip = range.start + start + mark + spaces;
            at = (start + mark + spaces).min(text.len());
        }
        if at < text.len() {
            self.push_text(&text[at..], range.start + at..range.end);
        }
    }

    /// Finds a mark that opens something that does not end; gives the mark's length.
    fn find_unclosed(&mut self, start: usize) -> usize {
        let opening = Opening::at(&self.text[start..]).unwrap_or(Opening::Comment);
        let (mark, end) = (opening.mark(), opening.end());
        let place = self.place(start..start + mark.len());
        let (message, help) = if opening == Opening::Comment {
            (
                "a comment begins here and does not end".to_owned(),
                format!(
                    "write `{end}` behind its last word; until then, readers see it and all text behind it"
                ),
            )
        } else {
            (
                format!("`{mark}` begins something that browsers hide, and nothing ends it"),
                format!("take it out, or write it as `\\{mark}` if readers should see it"),
            )
        };
        self.find(Finding::new(&UNCLOSED_COMMENT, place, message).help(help));
        mark.len()
    }

    fn split_placeholders(&mut self, range: Range<usize>) {
        let mut at = range.start;
        while let Some(found) = self.text[at..range.end].find('{') {
            let open = at + found;
            let length = placeholder_end(&self.text[open..range.end]);
            let length = length.filter(|_| !self.text[..open].ends_with('\\'));
            let Some(length) = length else {
                self.add_written(at..open + 1);
                at = open + 1;
                continue;
            };
            self.add_written(at..open);
            let name = self.tree.keep(&self.text[open + 1..open + length - 1]);
            self.add(Kind::Placeholder(name), open..open + length);
            at = open + length;
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
        let known = CalloutKind::named(word);
        let kind = known.unwrap_or(CalloutKind::Note);
        if known.is_none() {
            let near = nearest(word, CalloutKind::words());
            let help = match (fitting_kind(word), near) {
                (Some("important"), _) => {
                    "write `important`; where readers must call for help at once, write `emergency`"
                        .to_owned()
                }
                (Some(name), _) => format!("write `{name}`"),
                (None, near) => did_you_mean(near, || {
                    format!("known kinds are {}", CalloutKind::words().join(", "))
                }),
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
            let level = kind.has_heading().then(|| self.level_below(quote));
            let title_kind = level.map_or(Kind::CalloutTitle { level: None }, |level| {
                Kind::Heading { level, id: None }
            });
            let node = self.tree.add_loose(title_kind, Place { end, ..place });
            self.tree.set_children(node, &title);
            if let Some(level) = level {
                self.end_heading(node, level);
            }
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

    /// Gives the level of a heading that belongs below the last one before a node.
    fn level_below(&self, node: NodeId) -> u8 {
        let start = self.tree.node(node).place.start;
        let before = self.headings.partition_point(|(at, _)| *at < start);
        let level = before.checked_sub(1).map(|last| self.headings[last].1);
        // The title of the page is the one heading of the first level.
        level.map_or(2, |level| level.clamp(2, 5) + 1)
    }

    fn is_blank(&self, node: NodeId) -> bool {
        let node = self.tree.node(node);
        node.kind == Kind::Text(Words::Written) && self.text[node.place.range()].trim().is_empty()
    }

    /// Gives the blocks of a container their last form: embeds that stand alone, captions of tables, pictures with captions, no empty paragraphs.
    fn mend_blocks(&mut self, parent: NodeId) {
        let blocks: Vec<NodeId> = self.tree.children(parent).collect();
        let mut kept: Vec<NodeId> = Vec::with_capacity(blocks.len());
        let is_alone = blocks.len() == 1;
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
            if matches!(node.kind, Kind::Image(_)) && is_alone && self.has_caption(block) {
                let figure = self.tree.add_loose(Kind::Figure, node.place);
                self.figure(figure, block);
                kept.push(figure);
                continue;
            }
            let is_bare = matches!(node.kind, Kind::Quote | Kind::List { .. })
                && self.tree.first_child(block).is_none();
            if node.kind != Kind::Paragraph {
                kept.extend((!is_bare).then_some(block));
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
                _ => kept.push(block),
            }
        }
        self.tree.set_children(parent, &kept);
    }

    /// Looks for what cannot stand where it was written: blocks that are put in within a line, and captions of pictures within a line.
    fn mend_lines(&mut self, root: NodeId) {
        let mut parents = Vec::new();
        self.tree.walk(root, &mut |id, _| {
            let is_parent = self.tree.first_child(id).is_some();
            parents.extend(is_parent.then_some(id));
        });
        for parent in parents {
            let children: Vec<NodeId> = self.tree.children(parent).collect();
            let kept: Vec<NodeId> = (0..children.len())
                .filter(|index| !self.is_misplaced(parent, &children, *index))
                .map(|index| children[index])
                .collect();
            if kept.len() < children.len() {
                self.tree.set_children(parent, &kept);
            }
        }
    }

    /// Tells whether a child cannot stand in its parent, and says so.
    fn is_misplaced(&mut self, parent: NodeId, children: &[NodeId], index: usize) -> bool {
        let child = *self.tree.node(children[index]);
        let kind = self.tree.node(parent).kind;
        match child.kind {
            Kind::Caption if matches!(kind, Kind::Image(_)) => {
                let title = self
                    .tree
                    .text_of(children[index], &super::OneText(self.text));
                let finding = Finding::new(
                    &WRONG_VALUE,
                    self.place_of_title(&title, child.place.range()),
                    "a picture within a sentence cannot have a caption, so readers would not see it",
                );
                self.find(finding.help("put the picture on a line of its own, with an empty line before and after it, or write the words into the sentence"));
                true
            }
            Kind::Embed(_) => {
                let holder = match kind {
                    Kind::Root
                    | Kind::Item { .. }
                    | Kind::Definition
                    | Kind::Quote
                    | Kind::Callout(_)
                    | Kind::FootnoteText(_)
                        if !self.is_beside_words(children, index) =>
                    {
                        return false;
                    }
                    Kind::Paragraph if children.len() == 1 => return false,
                    Kind::Heading { .. } => "a heading",
                    Kind::Cell { .. } => "a cell of a table",
                    Kind::CalloutTitle { .. } => "the title of a callout",
                    Kind::DefinitionTerm(_) => "a term",
                    Kind::Link(_) => "the words of a link",
                    Kind::Image(_) => "the words of a picture",
                    _ => "the middle of a sentence",
                };
                let message = format!("a text is put in here in {holder}");
                self.find(Finding::new(&UNKNOWN_EMBED, child.place, message).help(
                    "put `![[…]]` on a line of its own, with an empty line before and after it",
                ));
                true
            }
            _ => false,
        }
    }

    /// Tells whether words stand beside a child in its line.
    fn is_beside_words(&self, children: &[NodeId], index: usize) -> bool {
        let (before, behind) = (&children[..index], &children[index + 1..]);
        let is_blank = |node: &&NodeId| self.is_blank(**node);
        let beside = [
            before.iter().rev().find(|node| !is_blank(node)),
            behind.iter().find(|node| !is_blank(node)),
        ];
        beside.into_iter().flatten().any(|node| {
            matches!(
                self.tree.node(*node).kind,
                Kind::Text(_)
                    | Kind::Code(_)
                    | Kind::Emphasis
                    | Kind::Strong
                    | Kind::Strikethrough
                    | Kind::Link(_)
                    | Kind::Image(_)
                    | Kind::FootnoteMark(_)
                    | Kind::Foreign(_)
                    | Kind::Mention
                    | Kind::Element(_)
                    | Kind::Citation(_)
                    | Kind::Placeholder(_)
            )
        })
    }

    /// Reports a link without words or a picture, which nobody could see.
    fn look_for_words(&mut self, link: NodeId, range: Range<usize>) {
        let mut is_seen = false;
        self.tree.walk(link, &mut |id, node| {
            is_seen |= match node.kind {
                Kind::Text(_) => !self.is_blank(id),
                Kind::SoftBreak
                | Kind::HardBreak
                | Kind::Link(_)
                | Kind::Emphasis
                | Kind::Strong
                | Kind::Strikethrough => false,
                _ => true,
            };
        });
        // HTML in its place is a finding of its own.
        let has_html = self.text[range.clone()].replace("<!--", "").contains('<');
        if !is_seen && !has_html {
            let message = "this link has no words, so readers would not see it";
            let finding = Finding::new(&BROKEN_LINK, self.place(range), message);
            self.find(finding.help(
                "write the words of the link between the brackets: `[words](address)` or `[[page|words]]`",
            ));
        }
    }

    /// Reports a block of code whose fence nobody closed: all that follows in its part of the page is shown as it was typed.
    fn look_for_fence(&mut self, range: Range<usize>) {
        let code = &self.text[range.clone()];
        let sign = if code.starts_with('~') { '~' } else { '`' };
        let length = code.len() - code.trim_start_matches(sign).len();
        let last = code
            .trim_end()
            .rsplit_once('\n')
            .map_or("", |(_, last)| last);
        let last = last.trim_start_matches(['>', ' ', '\t']);
        if last.len() >= length && last.trim_start_matches(sign).is_empty() {
            return;
        }
        let finding = Finding::new(
            &LEFTOVER_MARKUP,
            self.place(range.start..range.start + length),
            "the block of code that begins here does not end, so readers would see what follows as it was typed",
        );
        let fence = sign.to_string().repeat(length);
        self.find(finding.help(format!(
            "write `{fence}` on a line of its own where the code ends, or take this line out"
        )));
    }

    /// Finds the first cell of a row for which the head has no column: the parser leaves it out.
    fn look_for_extra_cells(&mut self, row: Range<usize>) {
        let from = self.cell_end.clamp(row.start, row.end);
        let Some(rest) = self.text[from..row.end].strip_prefix('|') else {
            return;
        };
        let cells = rest.trim_end().trim_end_matches('|');
        let words = cells.trim_start_matches(['|', ' ', '\t']);
        if words.is_empty() {
            return;
        }
        let start = from + 1 + cells.len() - words.len();
        let end = start + words.trim_end().len();
        let finding = Finding::new(
            &EXTRA_CELL,
            self.place(start..end),
            "this row has more cells than the head of its table, so readers would not see this",
        );
        self.find(finding.help("give the head one more column, or take out a bar `|`; a bar within a cell or a link is written as `\\|`"));
    }

    /// Takes items out of a list in which nothing stood but the texts of footnotes.
    fn drop_items_of_notes(&mut self, list: NodeId) {
        if self.held_notes.is_empty() {
            return;
        }
        let items: Vec<NodeId> = self.tree.children(list).collect();
        let kept: Vec<NodeId> = items
            .into_iter()
            .filter(|item| {
                self.tree.first_child(*item).is_some() || !self.held_notes.contains(item)
            })
            .collect();
        self.tree.set_children(list, &kept);
    }

    /// Finds footnotes that readers would not see: those to which no mark leads, and those with a name that is taken.
    fn look_for_lost_notes(&mut self) {
        let notes: Vec<(NodeId, TextId)> = self
            .tree
            .children(Tree::ROOT)
            .filter_map(|node| match self.tree.node(node).kind {
                Kind::FootnoteText(label) => Some((node, label)),
                _ => None,
            })
            .collect();
        if notes.is_empty() {
            return;
        }
        let mut texts: HashMap<&str, NodeId> = HashMap::new();
        let mut lost: Vec<(NodeId, Option<NodeId>)> = Vec::new();
        for (node, label) in &notes {
            let label = self.tree.kept(*label);
            if let Some(first) = texts.get(label) {
                lost.push((*node, Some(*first)));
            } else {
                texts.insert(label, *node);
            }
        }
        let mut marked: HashSet<NodeId> = HashSet::new();
        let mut open: Vec<NodeId> = self
            .tree
            .children(Tree::ROOT)
            .filter(|node| !matches!(self.tree.node(*node).kind, Kind::FootnoteText(_)))
            .collect();
        while let Some(node) = open.pop() {
            self.tree.walk(node, &mut |_, node| {
                if let Kind::FootnoteMark(label) = node.kind
                    && let Some(text) = texts.get(self.tree.kept(label))
                    && marked.insert(*text)
                {
                    open.push(*text);
                }
            });
        }
        let unmarked = texts.values().filter(|node| !marked.contains(node));
        lost.extend(unmarked.map(|node| (*node, None)));
        for (node, first) in lost {
            let place = self.tree.node(node).place;
            let written = &self.text[place.range()];
            let length = written.find("]:").map_or(written.len(), |end| end + 1);
            let name = written[..length].to_owned();
            let end = place.start as usize + written.trim_end().len();
            let at = self.place(place.start as usize..end);
            let finding = match first {
                Some(first) => {
                    let first = self.tree.node(first).place.start_only();
                    Finding::new(
                        &LEFTOVER_REFERENCE,
                        at,
                        format!("a footnote `{name}` is written before, so readers would not see this one"),
                    )
                    .also(first, "it is written here first")
                    .help("give one of the two another name, in its mark too")
                }
                None => Finding::new(
                    &LEFTOVER_REFERENCE,
                    at,
                    format!("no mark in the text leads to the footnote `{name}`, so readers would not see it"),
                )
                .help(format!(
                    "write `{name}` behind the words that it explains, or take the footnote out"
                )),
            };
            self.find(finding);
        }
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
}

/// Gives the mark of a footnote, such as `[^list]`, that a text begins with.
pub(crate) fn footnote_label(text: &str) -> Option<&str> {
    let near = &text[..text.floor_char_boundary(LONGEST_LABEL)];
    let label = near.strip_prefix("[^")?;
    let end = label.find(['[', ']']).filter(|end| *end > 0)?;
    label[end..].starts_with(']').then(|| &text[..end + 3])
}

/// Gives the kind of ours that fits one of other programs.
fn fitting_kind(word: &str) -> Option<&'static str> {
    match word.to_ascii_lowercase().as_str() {
        "warning" | "danger" | "caution" | "attention" | "error" => Some("important"),
        "tip" | "hint" | "info" | "abstract" | "summary" => Some("note"),
        _ => None,
    }
}

fn alignment(alignment: pulldown_cmark::Alignment) -> Alignment {
    match alignment {
        pulldown_cmark::Alignment::Center => Alignment::Center,
        pulldown_cmark::Alignment::Right => Alignment::End,
        pulldown_cmark::Alignment::Left | pulldown_cmark::Alignment::None => Alignment::Start,
    }
}

/// Gives the length of the placeholder with which a text begins.
fn placeholder_end(text: &str) -> Option<usize> {
    let name = text.strip_prefix('{')?;
    let end = name.find(|character: char| {
        !(character.is_ascii_alphanumeric() || matches!(character, '.' | '_'))
    })?;
    (end > 0 && name[end..].starts_with('}')).then_some(end + 2)
}

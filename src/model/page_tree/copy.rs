//! Copies the text of documents into the tree of a page: links, pictures, callouts, citations and footnotes resolved.

use super::{Composer, Manner};
use crate::base::place::{Place, Spot};
use crate::finding::Finding;
use crate::finding::rules::{BROKEN_ANCHOR, BROKEN_LINK, DUPLICATE_ID, MISSING_IMAGE};
use crate::model::lookup::{self, Found};
use crate::model::page_texts::{Within, anchor_of_ways, has_written_title};
use crate::model::{Page, link_advice};
use crate::parse::Document;
use crate::parse::tree::{CalloutKind, Kind, Link, NodeId, Target, Words};

impl<'s> Composer<'s, '_> {
    /// Copies the blocks of a document.
    pub(in crate::model) fn copy_blocks(
        &mut self,
        document: &'s Document,
        nodes: &[NodeId],
        parent: NodeId,
    ) {
        for node in nodes {
            self.copy(document, *node, parent, Manner::RUNNING);
        }
    }

    /// Copies the children of a node.
    pub(in crate::model) fn copy_children(
        &mut self,
        document: &'s Document,
        node: NodeId,
        parent: NodeId,
        manner: Manner,
    ) {
        for child in document.tree.children(node) {
            self.copy(document, child, parent, manner);
        }
    }

    fn copy(&mut self, document: &'s Document, id: NodeId, parent: NodeId, manner: Manner) {
        let tree = &document.tree;
        let node = *tree.node(id);
        match node.kind {
            Kind::Text(words) => {
                let text = tree.words(id, &*self.site.snapshot);
                let is_written = (words == Words::Written).then_some(node.place.start);
                self.add_text(parent, text, node.place, is_written, manner);
            }
            Kind::Code(_) | Kind::CodeBlock(_) => {
                let words = Words::Owned(self.out.keep(tree.words(id, &*self.site.snapshot)));
                let kind = if matches!(node.kind, Kind::Code(_)) {
                    Kind::Code(words)
                } else {
                    Kind::CodeBlock(words)
                };
                self.out.add(parent, kind, node.place);
            }
            Kind::Heading { level, .. } => self.copy_heading(document, id, level, parent),
            Kind::Callout(kind) => self.copy_callout(document, id, kind, parent),
            Kind::Link(link) => {
                self.copy_link(document, id, &tree.links[link as usize], parent, manner)
            }
            Kind::Image(link) => self.copy_image(document, id, &tree.links[link as usize], parent),
            Kind::Citation(citation) => {
                self.cite(&tree.citations[citation as usize], parent, node.place)
            }
            Kind::Placeholder(name) => {
                self.placeholder(parent, tree.kept(name), node.place, manner.links)
            }
            Kind::Embed(embed) => self.embed(&tree.embeds[embed as usize], node.place, parent),
            Kind::FootnoteMark(label) => {
                self.footnote_mark(document, tree.kept(label), parent, node.place)
            }
            Kind::FootnoteText(_) => {}
            Kind::List { .. } | Kind::Item { .. } if self.texts.is_left_out(document, id) => {}
            Kind::Foreign(code) => {
                let code = self.out.keep(tree.kept(code));
                let copied = self.out.add(parent, Kind::Foreign(code), node.place);
                self.copy_children(
                    document,
                    id,
                    copied,
                    Manner {
                        terms: false,
                        ..manner
                    },
                );
            }
            Kind::Element(element) => {
                let element = self
                    .out
                    .add_element(tree.elements[element as usize].clone());
                let copied = self.out.add(parent, Kind::Element(element), node.place);
                self.copy_children(document, id, copied, manner);
            }
            kind => {
                let copied = self.out.add(parent, kind, node.place);
                let terms = manner.terms
                    && !matches!(
                        kind,
                        Kind::Mention
                            | Kind::Caption
                            | Kind::Row { is_head: true }
                            | Kind::DefinitionTerm(_)
                            | Kind::Quote
                    );
                self.copy_children(document, id, copied, Manner { terms, ..manner });
            }
        }
    }

    fn copy_heading(&mut self, document: &'s Document, id: NodeId, level: u8, parent: NodeId) {
        let place = document.tree.node(id).place;
        let level = level.max(2);
        self.level = level;
        let Some(known) = self.texts.heading(document, id) else {
            let heading = self
                .out
                .add(parent, Kind::Heading { level, id: None }, place);
            self.copy_children(document, id, heading, Manner::PLAIN);
            return;
        };
        let wished = &known.id;
        let (anchor, is_free) = self.anchors.take(wished);
        if known.is_written && !is_free {
            let finding = Finding::new(
                &DUPLICATE_ID,
                place,
                format!("the anchor `{wished}` is used twice on this page"),
            );
            let first = self.written_ids.get(wished).copied();
            let finding = first.into_iter().fold(finding, |finding, first| {
                finding.also(first, "it is used here first")
            });
            self.findings
                .push(finding.help("give one of the two headings another `{#name}`"));
        }
        self.written_ids.entry(anchor.clone()).or_insert(place);
        let anchor = self.out.keep(&anchor);
        let heading = self.out.add(
            parent,
            Kind::Heading {
                level,
                id: Some(anchor),
            },
            place,
        );
        self.copy_children(document, id, heading, Manner::PLAIN);
    }

    fn copy_callout(
        &mut self,
        document: &'s Document,
        id: NodeId,
        kind: CalloutKind,
        parent: NodeId,
    ) {
        let tree = &document.tree;
        let place = tree.node(id).place;
        let callout = self.out.add(parent, Kind::Callout(kind), place);
        let children: Vec<NodeId> = tree.children(id).collect();
        if kind.has_heading() {
            return self.copy_ways(document, &children, kind, callout);
        }
        let written = children
            .first()
            .copied()
            .filter(|first| matches!(tree.node(*first).kind, Kind::CalloutTitle { .. }));
        let title_place = written.map_or(place.start_only(), |title| tree.node(title).place);
        let outer = self.level;
        let level = kind.is_care_card().then(|| self.level_below());
        self.level = level.unwrap_or(outer);
        let title = self
            .out
            .add(callout, Kind::CalloutTitle { level }, title_place);
        let default = self.text(&format!("callout-{}", kind.word()));
        let prefix = self.text(&format!("callout-prefix-{}", kind.word()));
        if let Some(written) = written {
            let words = tree.text_of(written, &*self.site.snapshot).to_lowercase();
            let says_it =
                words.starts_with(prefix.trim_end_matches([':', ' ']).to_lowercase().as_str());
            if prefix.trim().len() > 1 && !says_it {
                let unseen = self.out.add(title, Kind::Unseen, title_place);
                self.add_owned(unseen, &format!("{} ", prefix.trim()), title_place);
            }
            self.copy_children(document, written, title, Manner::PLAIN);
        } else {
            self.message(title, &default, title_place);
        }
        let terms = !kind.is_care_card() && kind != CalloutKind::Steps;
        for child in children.into_iter().filter(|child| Some(*child) != written) {
            if kind == CalloutKind::Dont && matches!(tree.node(child).kind, Kind::List { .. }) {
                self.copy_dont_list(document, child, callout);
            } else {
                self.copy(document, child, callout, Manner { terms, links: true });
            }
        }
        if level.is_some() {
            self.level = outer;
        }
    }

    /// Gives the level of a heading that belongs below the last one: the second before the first heading of the text.
    fn level_below(&self) -> u8 {
        self.level.min(5) + 1
    }

    /// Copies what is in a callout that shows ways through the site: its title is a heading, and no link in it has a remark.
    fn copy_ways(
        &mut self,
        document: &'s Document,
        children: &[NodeId],
        kind: CalloutKind,
        callout: NodeId,
    ) {
        let before = (self.level, self.texts.ways);
        let body = if has_written_title(document, children) {
            self.copy(document, children[0], callout, Manner::PLAIN);
            &children[1..]
        } else {
            let anchor = self.anchor(anchor_of_ways(kind));
            let title = self.text(&format!("callout-{}", kind.word()));
            self.level = self.level_below();
            self.heading(callout, self.level, &title, &anchor);
            children
        };
        self.texts.ways = Some(kind);
        for child in body {
            self.copy(document, *child, callout, Manner::PLAIN);
        }
        let is_empty = self.out.first_child(callout) == self.out.last_child(callout);
        if is_empty && !body.is_empty() {
            self.none_reviewed(callout);
        }
        (self.level, self.texts.ways) = before;
    }

    /// Copies a list of what not to do: each item says "do not", since listeners may miss the title.
    fn copy_dont_list(&mut self, document: &'s Document, list: NodeId, parent: NodeId) {
        let tree = &document.tree;
        let copied = self
            .out
            .add(parent, tree.node(list).kind, tree.node(list).place);
        let prefix = self.text("dont-prefix");
        let negations = format!("{prefix},{}", self.text("dont-negations"));
        for item in tree.children(list) {
            let node = *tree.node(item);
            let out = self.out.add(copied, node.kind, node.place);
            let words = tree.text_of(item, &*self.site.snapshot);
            if !begins_with_one_of(&words, &negations) {
                self.add_owned(out, &format!("{prefix} "), node.place.start_only());
            }
            let children: Vec<NodeId> = tree.children(item).collect();
            for (index, child) in children.into_iter().enumerate() {
                if index == 0 && tree.node(child).kind == Kind::Paragraph {
                    self.copy_children(document, child, out, Manner::RUNNING);
                } else {
                    self.copy(document, child, out, Manner::RUNNING);
                }
            }
        }
    }

    fn copy_link(
        &mut self,
        document: &'s Document,
        id: NodeId,
        link: &Link,
        parent: NodeId,
        manner: Manner,
    ) {
        let place = document.tree.node(id).place;
        let inner = Manner {
            terms: false,
            links: false,
        };
        let target = match lookup::target(self.site, self.page, document, link) {
            Found::Page(target, anchor) => {
                let page = self.site.page(target);
                self.check_anchor(page, anchor.as_deref(), place);
                if link.takes_title {
                    self.link_page(parent, page, anchor, place);
                    return;
                }
                return self.lead_to(parent, page, anchor, place, |composer, node, is_link| {
                    let links = manner.links && !is_link;
                    composer.copy_children(document, id, node, Manner { links, ..inner });
                });
            }
            Found::Here(anchor)
                if self.texts.within == Within::FoldedSource
                    && !self.site.has_anchor(self.page.id, &anchor) =>
            {
                Target::Nowhere
            }
            Found::Here(anchor) => {
                self.check_anchor(self.page, Some(&anchor), place);
                Target::Here(anchor)
            }
            Found::Asset(file) => Target::Asset(file),
            Found::Outside(address) => Target::Outside(address),
            nowhere @ (Found::Meant(..) | Found::Nothing(..)) => {
                self.report_link(document, place, link, nowhere);
                if let (true, Target::Wiki(name)) = (link.takes_title, &link.target) {
                    self.add_owned(parent, name, place);
                }
                Target::Nowhere
            }
        };
        let out = if target == Target::Nowhere {
            parent
        } else {
            self.open_link(parent, target, place)
        };
        self.copy_children(document, id, out, inner);
    }

    /// Reports a link that leads nowhere.
    fn report_link(&mut self, document: &Document, place: Place, link: &Link, nowhere: Found) {
        let (message, help) = match nowhere {
            Found::Meant(message, meant) => {
                let language = self.page.language;
                let mended =
                    link_advice::link_to(self.site, language, document, place, link, &meant);
                (message, meant.help(&mended))
            }
            Found::Nothing(message, help) => (message, help),
            _ => return,
        };
        self.findings
            .push(Finding::new(&BROKEN_LINK, place, message).help(help));
    }

    fn check_anchor(&mut self, target: &Page, anchor: Option<&str>, place: Place) {
        let Some(anchor) = anchor.filter(|anchor| !self.site.has_anchor(target.id, anchor)) else {
            return;
        };
        let document = target.document.as_ref();
        if document.is_some_and(|document| !document.is_whole) {
            return;
        }
        let help = link_advice::headings(self.site, place, target, anchor);
        let message = format!(
            "the page `{}` has no heading with the anchor `#{anchor}`",
            target.key
        );
        self.findings
            .push(Finding::new(&BROKEN_ANCHOR, place, message).help(help));
    }

    fn copy_image(&mut self, document: &'s Document, id: NodeId, link: &Link, parent: NodeId) {
        let place = document.tree.node(id).place;
        let Target::Written(address) = &link.target else {
            return;
        };
        let problem = match lookup::by_path(self.site, self.page, document, address) {
            Found::Asset(file) => {
                let image = self.out.add_link(Link { target: Target::Asset(file), ..link.clone() });
                let copied = self.out.add(parent, Kind::Image(image), place);
                self.copy_children(document, id, copied, Manner { terms: false, links: false });
                return;
            }
            Found::Nothing(message, help) => (message, help),
            Found::Meant(message, _) => (message, "name a picture file beside the article".to_owned()),
            Found::Outside(_) => (
                "the picture is on another website, which would learn who reads this page, and it is missing without a network".to_owned(),
                "save the picture beside the article and name the file here".to_owned(),
            ),
            Found::Page(..) | Found::Here(_) => ("this is not a picture".to_owned(), "name a picture file beside the article".to_owned()),
        };
        self.findings
            .push(Finding::new(&MISSING_IMAGE, place, problem.0).help(problem.1));
        self.copy_children(
            document,
            id,
            parent,
            Manner {
                terms: false,
                links: false,
            },
        );
    }

    /// Adds the numbers of cited sources.
    pub(in crate::model) fn cite(&mut self, ids: &[Spot<String>], parent: NodeId, place: Place) {
        let numbers: Vec<Spot<String>> = ids
            .iter()
            .filter_map(|id| self.number_of_source(id))
            .collect();
        if numbers.is_empty() {
            return;
        }
        let citation = self.out.add_citation(numbers);
        self.out.add(parent, Kind::Citation(citation), place);
    }

    /// Gives the number of a source on this page; one that the data does not have is a finding.
    pub(in crate::model) fn number_of_source(&mut self, id: &Spot<String>) -> Option<Spot<String>> {
        let data = &self.language().data;
        if let Some(fault) = data.source_fault(id) {
            self.findings.push(fault);
        }
        data.source(&id.value)?;
        let position = self.citations.iter().position(|cited| *cited == id.value);
        let position = position.unwrap_or_else(|| {
            self.citations.push(id.value.clone());
            self.citations.len() - 1
        });
        Some(Spot {
            value: (position + 1).to_string(),
            place: id.place,
        })
    }

    fn footnote_mark(&mut self, document: &'s Document, label: &str, parent: NodeId, place: Place) {
        if let Some(number) = self.texts.note(document, label, self.voice) {
            let number = self.out.keep(&number.to_string());
            self.out.add(parent, Kind::FootnoteMark(number), place);
        }
    }

    /// Tells whether footnotes were marked so far.
    pub(in crate::model) fn has_footnotes(&self) -> bool {
        self.texts.has_notes()
    }

    /// Adds the texts of all footnotes that were marked, those of shared texts too.
    pub(in crate::model) fn footnotes(&mut self, parent: NodeId) {
        let section = self.add(parent, Kind::Footnotes);
        let title = self.text("footnotes");
        self.level = 2;
        self.heading(section, self.level, &title, "sd-footnotes");
        for number in 1.. {
            let Some((document, text, voice)) = self.texts.go_to_note(number) else {
                break;
            };
            let number = self.out.keep(&number.to_string());
            let place = document.tree.node(text).place;
            let note = self.out.add(section, Kind::FootnoteText(number), place);
            self.spoken_in(voice, note, place, |composer, parent| {
                composer.copy_children(document, text, parent, Manner::RUNNING)
            });
        }
    }
}

/// Tells whether a text begins with one of some words, which have commas between them, in any case and with any apostrophe.
fn begins_with_one_of(text: &str, words: &str) -> bool {
    let plain = |text: &str| text.to_lowercase().replace(['’', 'ʼ', '‘', '´', '`'], "'");
    let text = plain(text);
    let text = text.trim_start_matches(|letter: char| !letter.is_alphanumeric());
    words.split([',', '،']).any(|word| {
        let word = plain(word.trim());
        let rest = text
            .strip_prefix(word.as_str())
            .filter(|_| !word.is_empty());
        rest.is_some_and(|rest| {
            !rest.starts_with(|next: char| next.is_alphanumeric() || next == '\'')
        })
    })
}

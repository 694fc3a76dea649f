//! The frame that every page has around its article: title, label, key points, what to do next, sources, review, related pages.

use crate::base::place::{Place, Spot};
use crate::finding::Finding;
use crate::finding::rules::BROKEN_LINK;
use crate::model::components;
use crate::model::lookup::{self, Found};
use crate::model::page_texts::blocks_before_key_points;
use crate::model::page_tree::{Composer, Manner};
use crate::model::{Page, Role};
use crate::parse::Document;
use crate::parse::front_matter::PageKind;
use crate::parse::tree::{Kind, NodeId, Part, Tree};
use std::sync::Arc;

impl<'s> Composer<'s, '_> {
    /// Composes the whole page.
    pub(super) fn frame(&mut self) {
        let page = self.page;
        self.title();
        let shown = self.first_box();
        self.label();
        self.past_due();
        if page.role == Role::Home && self.is_bare(|other| other.kind() != PageKind::Site) {
            self.none_reviewed(Tree::ROOT);
        }
        match (&page.document, page.role) {
            (_, Role::Listing(listing)) => components::listing(self, listing),
            (Some(document), _) => self.article(document, shown),
            (None, _) => {}
        }
        if matches!(page.role, Role::Section) || page.role == Role::Home && page.document.is_none()
        {
            self.contents();
        }
        if self.has_footnotes() {
            self.body(Tree::ROOT, Self::footnotes);
        }
        if let Some(document) = &page.document {
            self.words_of_page();
            self.next(document);
            self.sources(document);
            self.review(document);
            self.related(document);
        }
    }

    /// Adds text of the article: where it is in another language than the page, in a part that says so.
    fn body(&mut self, parent: NodeId, add: impl FnOnce(&mut Self, NodeId)) {
        if !self.page.is_fallback() {
            add(self, parent);
            return;
        }
        let code = self.out.keep(self.text_language().language.code());
        let body = self.add(parent, Kind::ForeignBlock(code));
        self.voice = self.page.text_language;
        add(self, body);
        self.voice = self.page.language;
    }

    fn title(&mut self) {
        let page = self.page;
        let place = page.title_place().unwrap_or(self.place);
        self.body(Tree::ROOT, |composer, body| {
            let heading = composer
                .out
                .add(body, Kind::Heading { level: 1, id: None }, place);
            composer.add_title(heading, page, place);
        });
    }

    /// Says above the text who made it, and what the page is not: reviewed, finished, current, translated.
    fn label(&mut self) {
        let page = self.page;
        let Some(document) = &page.document else {
            return;
        };
        let mut lines: Vec<String> = Vec::new();
        if document.front.draft {
            lines.push(self.text("label-draft"));
        }
        if document.front.archived {
            lines.push(self.text("label-archived"));
        }
        let provenance = self.site.provenance(page);
        lines.extend(provenance.and_then(|known| self.sentences(&known.label())));
        if page.is_fallback() {
            lines.push(self.text_about_source("label-fallback"));
        }
        let replaced = document
            .front
            .replaced_by
            .as_ref()
            .and_then(|by| self.page_named(by));
        if lines.is_empty() && replaced.is_none() {
            return;
        }
        let part = self.add(Tree::ROOT, Kind::Part(Part::Label, None));
        if let Some((target, place)) = replaced {
            let words = self.text("label-replaced");
            let paragraph = self.paragraph(part, &words, place);
            self.add_words(paragraph, " ");
            self.link_page(paragraph, target, None, place);
        }
        for line in lines {
            let place = self.place;
            self.paragraph(part, &line, place);
        }
    }

    /// Gives interface texts as one paragraph, if there are any.
    fn sentences(&self, names: &[&str]) -> Option<String> {
        let texts = names.iter().map(|name| self.text_about_source(name));
        let texts: Vec<String> = texts.collect();
        (!texts.is_empty()).then(|| texts.join(" "))
    }

    /// Adds what a copy says once the page is past the day on which its review was due. A reader's own clock decides that, so
    /// writers hide it until then.
    fn past_due(&mut self) {
        let Some(review) = &self.page.review else {
            return;
        };
        let due = review.due(&self.site.settings.review);
        let language = self.language();
        let words = language
            .texts
            .with("past-due", &[("month", &language.dates.month(due))]);
        let part = self.add(Tree::ROOT, Kind::Part(Part::PastDue, None));
        self.paragraph(part, &words, review.place);
    }

    /// Finds a page that front matter names; one that does not exist is a finding.
    fn page_named(&mut self, name: &Spot<String>) -> Option<(&'s Page, Place)> {
        match lookup::by_name(self.site, self.page.language, &name.value) {
            Found::Page(id, _) => Some((self.site.page(id), name.place)),
            Found::Meant(message, meant) => {
                let help = meant.help(&self.site.page(meant.page).key);
                self.findings
                    .push(Finding::new(&BROKEN_LINK, name.place, message).help(help));
                None
            }
            Found::Nothing(message, help) => {
                self.findings
                    .push(Finding::new(&BROKEN_LINK, name.place, message).help(help));
                None
            }
            _ => None,
        }
    }

    /// Copies the first box of a safety page, with what stands before it: in danger, what to do comes before any label. Gives how many
    /// blocks of the article that were.
    fn first_box(&mut self) -> usize {
        let Some(document) = &self.page.document else {
            return 0;
        };
        let is_box = |node: &NodeId| {
            let kind = document.tree.node(*node).kind;
            matches!(kind, Kind::Callout(_) | Kind::Embed(_))
        };
        let blocks = document.tree.children(Tree::ROOT);
        let action = blocks.take(blocks_before_key_points(self.page, document));
        let blocks: Vec<NodeId> = action.collect();
        let shown = blocks.iter().position(is_box).map_or(0, |at| at + 1);
        self.blocks(document, &blocks[..shown]);
        shown
    }

    /// Copies the article but for its first blocks, which are shown already; the key points stand behind what to do in danger.
    fn article(&mut self, document: &'s Arc<Document>, shown: usize) {
        let blocks: Vec<NodeId> = document.tree.children(Tree::ROOT).collect();
        let action = blocks_before_key_points(self.page, document);
        self.blocks(document, &blocks[shown..action]);
        self.key_points(document);
        self.blocks(document, &blocks[action..]);
    }

    fn blocks(&mut self, document: &'s Document, blocks: &[NodeId]) {
        if !blocks.is_empty() {
            self.body(Tree::ROOT, |composer, body| {
                composer.copy_blocks(document, blocks, body)
            });
        }
    }

    fn key_points(&mut self, document: &'s Document) {
        if document.key_points.is_empty() {
            return;
        }
        let title = self.text("key-points");
        let part = self.part(Tree::ROOT, Part::KeyPoints, &title);
        self.body(part, |composer, body| {
            composer.lines(document, &document.key_points, body)
        });
    }

    fn lines(&mut self, document: &'s Document, lines: &[NodeId], parent: NodeId) {
        let list = self.add(parent, Kind::List { start: None });
        for line in lines {
            let item = self.out.add(
                list,
                Kind::Item { ticked: None },
                document.tree.node(*line).place,
            );
            self.copy_children(document, *line, item, Manner::PLAIN);
        }
    }

    fn next(&mut self, document: &'s Document) {
        if document.next.is_empty() {
            return;
        }
        let title = self.text("next");
        let part = self.part(Tree::ROOT, Part::Next, &title);
        self.body(part, |composer, body| {
            composer.lines(document, &document.next, body)
        });
    }

    /// Says what the words of the glossary mean that the page uses.
    fn words_of_page(&mut self) {
        if self.terms.is_empty() {
            return;
        }
        let title = self.text("words");
        let part = self.part(Tree::ROOT, Part::Words, &title);
        self.body(part, components::words_of_page);
    }

    fn sources(&mut self, document: &'s Document) {
        for id in &document.front.sources {
            self.number_of_source(id);
        }
        if self.citations.is_empty() {
            return;
        }
        let title = self.text("sources");
        let part = self.part(Tree::ROOT, Part::Sources, &title);
        let list = self.add(part, Kind::List { start: Some(1) });
        for (number, id) in self.citations.clone().into_iter().enumerate() {
            let item = self.add(list, Kind::Item { ticked: None });
            let anchor = self.out.keep(&format!("sd-source-{}", number + 1));
            let entry = self.add(item, Kind::Part(Part::SourceEntry, Some(anchor)));
            components::source(self, entry, &id);
        }
    }

    /// Says who made the text, who reviewed it and when, or that nobody has; and that it is education.
    fn review(&mut self, document: &'s Document) {
        let authors: Vec<String> = document
            .front
            .authors
            .iter()
            .filter_map(|id| self.person(id))
            .collect();
        let translation = document.front.translation.as_ref();
        let mut named = |id: Option<&Spot<String>>| -> Vec<String> {
            id.and_then(|id| self.person(id)).into_iter().collect()
        };
        let translators = named(translation.and_then(|translation| translation.by.as_ref()));
        let checkers = named(translation.and_then(|translation| translation.checked_by.as_ref()));
        if self.page.kind() == PageKind::Site {
            return;
        }
        let title = self.text("review");
        let part = self.part(Tree::ROOT, Part::Review, &title);
        let place = self.place;
        let language = self.language();
        let provenance = self.site.provenance(self.page);
        if let Some(words) = provenance.and_then(|known| self.sentences(&known.at_the_end())) {
            self.paragraph(part, &words, place);
        }
        if let Some(review) = &self.page.review {
            let names = review
                .by
                .iter()
                .filter_map(|id| language.data.person(id))
                .map(|row| row.value.name.value.clone());
            let names = names.collect::<Vec<_>>().join(&self.comma());
            let due = review.due(&self.site.settings.review);
            let on = language.texts.with(
                "reviewed-on",
                &[
                    ("date", &language.dates.write(review.on)),
                    ("people", &names),
                ],
            );
            let due = language
                .texts
                .with("review-due", &[("date", &language.dates.write(due))]);
            self.paragraph(part, &on, place);
            self.paragraph(part, &due, place);
        }
        if let Some(updated) = &document.front.updated {
            let words = language.texts.with(
                "updated-on",
                &[("date", &language.dates.write(updated.value))],
            );
            self.paragraph(part, &words, updated.place);
        }
        let is_by_program = provenance.is_some_and(|known| known.is_by_program);
        let by_authors = if is_by_program {
            "contributed-by"
        } else {
            "written-by"
        };
        for (text, people) in [
            (by_authors, authors),
            ("translated-by", translators),
            ("translation-checked-by", checkers),
        ] {
            if !people.is_empty() {
                let people = people.join(&self.comma());
                let words = language.texts.with(text, &[("people", &people)]);
                self.paragraph(part, &words, place);
            }
        }
        if self.has_text_by_program && !is_by_program {
            let words = self.text("label-program-parts");
            self.paragraph(part, &words, place);
        }
        let education = self.text("education");
        self.paragraph(part, &education, place);
    }

    /// Gives what stands between the entries of a list within a sentence.
    fn comma(&self) -> String {
        format!("{} ", self.language().texts.text("comma"))
    }

    /// Gives the name of a person; an unknown id is a finding.
    pub(super) fn person(&mut self, id: &Spot<String>) -> Option<String> {
        let data = &self.language().data;
        if let Some(row) = data.person(&id.value) {
            return Some(row.value.name.value.clone());
        }
        if let Some(fault) = data.person_fault(id) {
            self.findings.push(fault);
        }
        None
    }

    fn related(&mut self, document: &'s Document) {
        let named: Vec<(&Page, Place)> = document
            .front
            .related
            .iter()
            .filter_map(|name| self.page_named(name))
            .collect();
        let mut related: Vec<(&Page, Place)> = Vec::new();
        for (page, place) in named {
            let shown = self.site.shown_for(page);
            if let Some(shown) = shown
                && shown.id != self.page.id
                && related.iter().all(|(known, _)| known.id != shown.id)
            {
                related.push((shown, place));
            }
        }
        if related.is_empty() {
            return;
        }
        let title = self.text("related");
        let part = self.part(Tree::ROOT, Part::Related, &title);
        let list = self.add(part, Kind::List { start: None });
        for (page, place) in related {
            let item = self.out.add(list, Kind::Item { ticked: None }, place);
            self.titled_link(item, page, place);
        }
    }

    /// Adds a link whose words are a page's title, in the language of the title.
    pub(super) fn titled_link(&mut self, parent: NodeId, page: &Page, place: Place) {
        if !page.is_fallback() {
            self.link_page(parent, page, None, place);
            return;
        }
        let code = self
            .out
            .keep(self.site.languages[page.text_language].language.code());
        let foreign = self.out.add(parent, Kind::Foreign(code), place);
        self.link_page(foreign, page, None, place);
    }

    /// Tells whether readers of this language find none of the articles that belong somewhere, although there are some.
    fn is_bare(&self, belongs: impl Fn(&Page) -> bool) -> bool {
        let mut articles = self.site.pages.iter().filter(|other| {
            other.language == self.page.language && other.role == Role::Article && belongs(other)
        });
        let mut has_hidden = false;
        let is_hidden = |other: &Page| {
            has_hidden = true;
            !other.state.is_published()
        };
        articles.all(is_hidden) && has_hidden
    }

    /// Lists the pages of a section, or the sections of a home that nobody wrote.
    fn contents(&mut self) {
        let site = self.site;
        let page = self.page;
        let belongs = |other: &&Page| match page.role {
            Role::Home => other.role == Role::Section,
            _ => other.role == Role::Article && other.section() == page.section(),
        };
        if page.role == Role::Section && self.is_bare(|other| belongs(&other)) {
            return self.none_reviewed(Tree::ROOT);
        }
        let own = site
            .pages
            .iter()
            .filter(|other| other.language == page.language);
        let mut pages: Vec<&Page> = own
            .filter(belongs)
            .filter_map(|other| site.shown_for(other))
            .collect();
        pages.sort_by(|left, right| {
            // What stands in for hidden pages comes first: they would help in danger.
            belongs(left)
                .cmp(&belongs(right))
                .then_with(|| left.order.cmp(&right.order))
                .then_with(|| self.language().collation.compare(&left.title, &right.title))
                .then_with(|| left.id.cmp(&right.id))
        });
        pages.dedup_by_key(|page| page.id);
        if pages.is_empty() {
            return;
        }
        let title = self.text("contents");
        let part = self.part(Tree::ROOT, Part::Contents, &title);
        let list = self.add(part, Kind::List { start: None });
        for other in pages {
            let item = self.add(list, Kind::Item { ticked: None });
            let place = other
                .document
                .as_ref()
                .map_or(self.place, |document| document.start);
            let parent = if other.is_fallback() {
                let code = self
                    .out
                    .keep(site.languages[other.text_language].language.code());
                self.out.add(item, Kind::ForeignBlock(code), place)
            } else {
                item
            };
            let line = self.out.add(parent, Kind::Paragraph, place);
            self.link_page(line, other, None, place);
            let summary = other
                .document
                .as_ref()
                .and_then(|document| document.front.summary.as_ref());
            if let Some(summary) = summary {
                let paragraph = self.out.add(parent, Kind::Paragraph, summary.place);
                self.add_owned(paragraph, &summary.value, summary.place);
            }
        }
    }
}

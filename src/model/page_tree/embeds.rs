//! Puts shared texts and components into the tree of a page where an embed names them.

use super::Composer;
use crate::base::place::{Place, Spot};
use crate::finding::Finding;
use crate::finding::rules::UNCHECKED_TRANSLATION;
use crate::model::page_texts::{self, Put, Shared, Within};
use crate::model::provenance;
use crate::parse::Document;
use crate::parse::tree::{CalloutKind, Embed, Kind, NodeId, Part, Tree};
use crate::settings::Publishing;

impl<'s> Composer<'s, '_> {
    /// Puts in a shared text or a component.
    pub(super) fn embed(&mut self, embed: &Embed, place: Place, parent: NodeId) {
        match self.texts.put(embed, self.findings) {
            Some(Put::Text(shared)) => self.embed_text(shared, place, parent),
            Some(Put::Component(component)) => component(self, parent, &embed.options, place),
            None => {}
        }
    }

    /// Puts in a shared text.
    fn embed_text(&mut self, shared: Shared<'s>, place: Place, parent: NodeId) {
        let Some(around) = self.texts.enter(shared, place, self.findings) else {
            return;
        };
        let document = shared.document;
        self.has_text_by_program |= document.front.written_by.is_some();
        if shared.language != 0 {
            self.check_translation(document);
        }
        self.spoken_in(shared.language, parent, place, |composer, parent| {
            let blocks: Vec<NodeId> = document.tree.children(Tree::ROOT).collect();
            composer.copy_blocks(document, &blocks, parent);
            composer.texts.leave(&around);
            if around.is_labelled {
                composer.label_text(shared.name, place, parent);
            }
        });
    }

    /// Looks for the people who translated a shared text, and reports a translation that the settings refuse.
    fn check_translation(&mut self, shared: &Document) {
        if let Some(translation) = &shared.front.translation {
            for person in translation.by.iter().chain(&translation.checked_by) {
                self.person(person);
            }
        }
        let publishing = self.site.settings.publish.unchecked_translations;
        if publishing == Publishing::Refuse && provenance::is_unchecked_by_program(&shared.front) {
            let finding = Finding::new(
                &UNCHECKED_TRANSLATION,
                shared.start,
                "nobody has checked the translation of this shared text",
            );
            self.findings.push(finding.help("let somebody who speaks both languages check it and write `checked_by`, or set `unchecked_translations` to `hide` or `label`"));
        }
    }

    /// Says below a shared text that a computer program translated it and nobody has checked that, and folds the source's text beside it.
    fn label_text(&mut self, name: &str, place: Place, parent: NodeId) {
        let part = self
            .out
            .add(parent, Kind::Part(Part::Translation, None), place);
        let label = self.text("label-text");
        self.paragraph(part, &label, place);
        let Some(source) = self.texts.source_text(name) else {
            return;
        };
        let fold = self.out.add(part, Kind::Callout(CalloutKind::More), place);
        let title = self
            .out
            .add(fold, Kind::CalloutTitle { level: None }, place);
        let words = self.text_about_source("source-text");
        self.add_owned(title, &words, place);
        let within = std::mem::replace(&mut self.texts.within, Within::FoldedSource);
        let level = self.level;
        self.embed_text(source, place, fold);
        self.level = level;
        self.texts.within = within;
    }

    /// Adds blocks of a language of the site; where it is another one than is spoken now, in a part that says so.
    pub(super) fn spoken_in(
        &mut self,
        voice: usize,
        parent: NodeId,
        place: Place,
        add: impl FnOnce(&mut Self, NodeId),
    ) {
        if voice == self.voice {
            add(self, parent);
            return;
        }
        let code = self.out.keep(self.site.languages[voice].language.code());
        let part = self.out.add(parent, Kind::ForeignBlock(code), place);
        let before = std::mem::replace(&mut self.voice, voice);
        add(self, part);
        self.voice = before;
    }

    /// Reads the codes of countries in an option; what is no code is a finding.
    pub(in crate::model) fn countries(&mut self, option: &Spot<String>) -> Vec<&'static str> {
        page_texts::countries(self.site, option, self.findings)
    }

    /// Reports an option of an embed that cannot be used.
    pub(in crate::model) fn wrong_option(&mut self, at: &Spot<String>, message: &str, help: &str) {
        page_texts::wrong_option(at, message, help, self.findings);
    }
}

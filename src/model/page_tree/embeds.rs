//! Puts shared texts and components into the tree of a page where an embed names them, if its conditions hold.

use super::{Composer, MAX_EMBEDS, MAX_TEXTS, Within};
use crate::base::country::{self, ANY, UNION, is_in_european_union};
use crate::base::nearest::nearest;
use crate::base::path::percent_encode;
use crate::base::place::{Place, Spot, words_within};
use crate::finding::rules::{
    EMBED_CYCLE, TOO_LARGE, UNCHECKED_TRANSLATION, UNKNOWN_EMBED, WRONG_VALUE,
};
use crate::finding::{Finding, did_you_mean};
use crate::model::provenance::{self, Provenance};
use crate::model::{Site, components, lookup};
use crate::parse::Document;
use crate::parse::tree::{CalloutKind, Embed, Kind, NodeId, Part, Tree};
use crate::settings::Publishing;

impl<'s> Composer<'s, '_> {
    /// Puts in a shared text or a component.
    pub(super) fn embed(&mut self, embed: &Embed, place: Place, parent: NodeId) {
        let name = &embed.name.value;
        let site: &'s Site = self.site;
        let shared = match self.within {
            Within::FoldedSource => site.source_text(name).map(|shared| (0, shared)),
            Within::Page | Within::LabelledText => lookup::shared_text(site, self.page, name),
        };
        if let Some((language, shared)) = shared {
            if self.is_wanted(embed) {
                self.embed_text(name, language, shared, place, parent);
            }
            return;
        }
        if let Some(component) = components::find(name) {
            if self.is_wanted(embed) {
                component(self, parent, &embed.options, place);
            }
            return;
        }
        let texts = site.shared.keys().map(|(_, name)| name.as_str());
        let known = components::names()
            .map(|name| -> &str { name })
            .chain(texts);
        let near = nearest(name, known).map(|known| format!("![[{known}]]"));
        let help = if is_picture(name) {
            format!(
                "put the picture beside the article and write `![what the picture shows]({})`",
                percent_encode(name)
            )
        } else {
            did_you_mean(near, || {
                format!(
                    "put the text into `content/_shared/{}/{name}.md`, or name one of {}",
                    self.text_language().language,
                    components::names().collect::<Vec<_>>().join(", ")
                )
            })
        };
        let at = embed.name.place;
        self.findings.push(
            Finding::new(
                &UNKNOWN_EMBED,
                at,
                format!("there is no shared text and no component `{name}`"),
            )
            .help(help),
        );
    }

    /// Puts in a shared text that is in a language of the site.
    fn embed_text(
        &mut self,
        name: &str,
        language: usize,
        shared: &'s Document,
        place: Place,
        parent: NodeId,
    ) {
        if self.embeds.iter().any(|open| open == name) || self.embeds.len() >= MAX_EMBEDS {
            let way = self
                .embeds
                .iter()
                .map(String::as_str)
                .chain([name])
                .collect::<Vec<_>>()
                .join(" → ");
            let finding = Finding::new(
                &EMBED_CYCLE,
                place,
                format!("this text is put into itself: {way}"),
            );
            self.findings
                .push(finding.help("take one of these embeds out"));
            return;
        }
        self.texts += 1;
        if self.texts > MAX_TEXTS {
            if self.texts == MAX_TEXTS + 1 {
                let message = format!(
                    "more than {MAX_TEXTS} shared texts are put into the page `{}`",
                    self.page.key
                );
                self.findings.push(
                    Finding::new(&TOO_LARGE, place, message)
                        .help("take some out; shared texts that hold others multiply"),
                );
            }
            return;
        }
        self.embeds.push(name.to_owned());
        self.has_text_by_program |= shared.front.written_by.is_some();
        let is_labelled = self.needs_label(language, shared);
        let within = self.within;
        if is_labelled {
            self.within = Within::LabelledText;
        }
        self.spoken_in(language, parent, place, |composer, parent| {
            let blocks: Vec<NodeId> = shared.tree.children(Tree::ROOT).collect();
            let number = std::mem::replace(&mut composer.text_number, composer.texts);
            composer.copy_blocks(shared, &blocks, parent);
            composer.text_number = number;
            composer.embeds.pop();
            if is_labelled {
                composer.label_text(name, place, parent);
            }
        });
        self.within = within;
    }

    /// Tells whether a shared text must say that a computer program translated it and nobody has checked that: not where the label of the
    /// page, or of a text around it, says so. Where the settings refuse such a text, it is a finding.
    fn needs_label(&mut self, language: usize, shared: &Document) -> bool {
        if language == 0 {
            return false;
        }
        if let Some(translation) = &shared.front.translation {
            for person in translation.by.iter().chain(&translation.checked_by) {
                self.person(person);
            }
        }
        if !provenance::is_unchecked_by_program(&shared.front) {
            return false;
        }
        if self.site.settings.publish.unchecked_translations == Publishing::Refuse {
            let finding = Finding::new(
                &UNCHECKED_TRANSLATION,
                shared.start,
                "nobody has checked the translation of this shared text",
            );
            self.findings.push(finding.help("let somebody who speaks both languages check it and write `checked_by`, or set `unchecked_translations` to `hide` or `label`"));
        }
        let page = self.site.provenance(self.page);
        self.within == Within::Page && !page.is_some_and(Provenance::is_unchecked_by_program)
    }

    /// Says below a shared text that a computer program translated it and nobody has checked that, and folds the source's text beside it.
    fn label_text(&mut self, name: &str, place: Place, parent: NodeId) {
        let site: &'s Site = self.site;
        let part = self
            .out
            .add(parent, Kind::Part(Part::Translation, None), place);
        let label = self.text("label-text");
        self.paragraph(part, &label, place);
        let Some(source) = site.source_text(name) else {
            return;
        };
        let fold = self.out.add(part, Kind::Callout(CalloutKind::More), place);
        let title = self
            .out
            .add(fold, Kind::CalloutTitle { level: None }, place);
        let words = self.text_about_source("source-text");
        self.add_owned(title, &words, place);
        self.within = Within::FoldedSource;
        let level = self.level;
        self.embed_text(name, 0, source, place, fold);
        self.level = level;
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

    /// Tells whether the conditions of an embed hold: `country=US,GB` and `show=taper_figures`.
    fn is_wanted(&mut self, embed: &Embed) -> bool {
        let mut is_wanted = true;
        for (key, value) in &embed.options {
            match key.value.as_str() {
                "country" if components::find(&embed.name.value).is_none() => {
                    let own = self.site.settings.country.as_deref();
                    is_wanted &= self.countries(value).iter().any(|code| {
                        let is_union = *code == UNION && own.is_some_and(is_in_european_union);
                        Some(*code) == own || is_union
                    });
                }
                "show" if value.value.eq_ignore_ascii_case("taper_figures") => {
                    is_wanted &= self.site.settings.publish.taper_figures
                }
                "show" => self.wrong_option(
                    value,
                    "`show` knows only one word",
                    "write `show=taper_figures`",
                ),
                other if components::options(&embed.name.value).contains(&other) => {}
                other => {
                    let is_text = components::find(&embed.name.value).is_none();
                    let own = components::options(&embed.name.value);
                    let known: Vec<&str> = ["show"]
                        .into_iter()
                        .chain(is_text.then_some("country"))
                        .chain(own.iter().copied())
                        .collect();
                    let help = format!("known options are {}", known.join(", "));
                    self.wrong_option(
                        key,
                        &format!("`{other}` is not an option of `{}`", embed.name.value),
                        &help,
                    );
                }
            }
        }
        is_wanted
    }

    /// Reads the codes of countries in an option; what is no code is a finding.
    pub(in crate::model) fn countries(&mut self, option: &Spot<String>) -> Vec<&'static str> {
        let mut codes = Vec::new();
        for written in option.value.split(',').map(str::trim) {
            let shared = [UNION, ANY];
            let mut shared = shared.into_iter();
            let shared = shared.find(|code| code.eq_ignore_ascii_case(written));
            if let Some(code) = country::code(written).or(shared) {
                codes.push(code);
                continue;
            }
            let file = self.site.snapshot.file(option.place.file).text();
            let at = words_within(file, option.place, written);
            let at = at.filter(|_| !written.is_empty()).unwrap_or(option.place);
            let message = if written.is_empty() {
                "`country=` names no country, so nothing is shown here".to_owned()
            } else {
                format!("`{written}` is not a code of a country, so nothing is shown here")
            };
            let code = country::code_of_name(written).or_else(|| {
                let own = self.site.settings.country.as_deref();
                own.filter(|_| written.is_empty()).and_then(country::code)
            });
            let help = match code {
                Some(code) => format!("write `country={code}`"),
                None => "write the two letters of the country (ISO 3166), such as `country=US`"
                    .to_owned(),
            };
            self.findings
                .push(Finding::new(&WRONG_VALUE, at, message).help(help));
        }
        codes
    }

    /// Reports an option of an embed that cannot be used.
    pub(in crate::model) fn wrong_option(&mut self, at: &Spot<String>, message: &str, help: &str) {
        self.findings
            .push(Finding::new(&WRONG_VALUE, at.place, message).help(help));
    }
}

/// Tells whether a name is that of a picture.
fn is_picture(name: &str) -> bool {
    let ending = name.rsplit_once('.').map_or("", |(_, ending)| ending);
    ["png", "jpg", "jpeg", "gif", "svg", "webp", "avif"]
        .iter()
        .any(|known| ending.eq_ignore_ascii_case(known))
}

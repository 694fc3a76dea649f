//! The texts of a page, in the order in which they stand there: its article, the shared texts that embeds put in, and the footnotes.
//!
//! `Texts` alone decides what an embed puts in here: conditions, language, cycles and limits. The composer of the page's tree asks it while it
//! copies. `walk` goes the same way without making a tree, for what must be known of a page before it is made: its anchors, the
//! sources it cites, and whether it has a heading.

use crate::base::country::{self, ANY, UNION, is_in_european_union};
use crate::base::nearest::nearest;
use crate::base::path::percent_encode;
use crate::base::place::{Place, Spot, words_within};
use crate::finding::rules::{EMBED_CYCLE, TOO_LARGE, UNKNOWN_EMBED, WRONG_VALUE};
use crate::finding::{Finding, Findings, did_you_mean};
use crate::model::components::{self, Component};
use crate::model::lookup::{self, Anchors, Found};
use crate::model::provenance::{self, Provenance};
use crate::model::{Page, Role, Site};
use crate::parse::front_matter::PageKind;
use crate::parse::tree::{CalloutKind, Embed, Kind, NodeId, Tree};
use crate::parse::{Document, Heading};
use crate::settings::Publishing;
use rustc_hash::FxHashSet;
use std::collections::{HashMap, HashSet};
use std::ops::ControlFlow;
use std::sync::Arc;

/// How many shared texts may stand in one page.
const MAX_TEXTS: usize = 1000;
/// How many shared texts may lie in each other.
const MAX_EMBEDS: usize = 16;

/// In what a text stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Within {
    /// In the page, or in a shared text that needs no label.
    Page,
    /// In a shared text whose label says that nobody has checked its translation: that holds for the texts in it too.
    LabelledText,
    /// In the source's text, folded beside such a translation: it has no anchors and no terms, which belong to the page's own text.
    FoldedSource,
}

/// A shared text that is put in.
#[derive(Clone, Copy)]
pub(super) struct Shared<'s> {
    /// Its name.
    pub name: &'s str,
    /// The language it is in.
    pub language: usize,
    /// The text.
    pub document: &'s Arc<Document>,
}

/// What an embed puts in.
pub(super) enum Put<'s> {
    /// A shared text.
    Text(Shared<'s>),
    /// A component.
    Component(Component),
}

/// A footnote that was marked. Its number on the page is its place in the list of all of them, counted from 1.
pub(super) struct Note<'s> {
    /// The text in which it stands.
    pub document: &'s Document,
    /// The node of its text.
    pub text: NodeId,
    /// The language that is spoken where it was marked.
    pub voice: usize,
    /// Which of the texts of the page it stands in, and the names of the shared texts around it.
    number: usize,
    open: Vec<&'s str>,
}

/// What holds for the text around a shared text, and again behind it.
pub(super) struct Around {
    number: usize,
    within: Within,
    /// Whether the shared text must say that a computer program translated it and nobody has checked that.
    pub is_labelled: bool,
}

/// Where in the texts of a page somebody is who reads them from its beginning to its end.
pub(super) struct Texts<'s> {
    site: &'s Site,
    page: &'s Page,
    /// The names of the shared texts around what is read now.
    open: Vec<&'s str>,
    /// How many shared texts were put in so far.
    count: usize,
    /// Which of them is read now; 0 is the article.
    number: usize,
    /// In what the text stands that is read now.
    pub within: Within,
    /// The list of ways that is read, if one is.
    pub ways: Option<CalloutKind>,
    notes: Vec<Note<'s>>,
    /// The numbers of footnotes by the text in which they stand, counted as often as it is put in, and their nodes.
    note_numbers: HashMap<(usize, NodeId), usize>,
}

impl<'s> Texts<'s> {
    /// Stands before the article of a page.
    pub(super) fn new(site: &'s Site, page: &'s Page) -> Self {
        Self {
            site,
            page,
            open: Vec::new(),
            count: 0,
            number: 0,
            within: Within::Page,
            ways: None,
            notes: Vec::new(),
            note_numbers: HashMap::new(),
        }
    }

    /// Finds what an embed puts in; `None` where its conditions do not hold, or where nothing has its name, which is a finding.
    pub(super) fn put(&self, embed: &Embed, findings: &mut Findings) -> Option<Put<'s>> {
        let site = self.site;
        let name = &embed.name.value;
        let shared = match self.within {
            Within::FoldedSource => self.source_text(name),
            Within::Page | Within::LabelledText => self.shared_text(name),
        };
        let component = || components::find(name).map(Put::Component);
        let Some(put) = shared.map(Put::Text).or_else(component) else {
            findings.push(self.unknown(embed));
            return None;
        };
        is_wanted(site, embed, findings).then_some(put)
    }

    fn unknown(&self, embed: &Embed) -> Finding {
        let name = &embed.name.value;
        let texts = self.site.shared.keys().map(|(_, name)| name.as_str());
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
            let language = &self.site.languages[self.page.text_language].language;
            did_you_mean(near, || {
                format!(
                    "put the text into `content/_shared/{language}/{name}.md`, or name one of {}",
                    components::names().collect::<Vec<_>>().join(", ")
                )
            })
        };
        let message = format!("there is no shared text and no component `{name}`");
        Finding::new(&UNKNOWN_EMBED, embed.name.place, message).help(help)
    }

    /// Finds a shared text and the language it is in: the page's, else that of the page's text, else the source language. Where the
    /// settings hide unchecked translations, one that a computer program made and nobody has checked is passed over.
    fn shared_text(&self, name: &str) -> Option<Shared<'s>> {
        let page = self.page;
        let hides = self.site.settings.publish.unchecked_translations == Publishing::Hide;
        let languages = [page.language, page.text_language, 0].into_iter();
        let mut found = languages.filter_map(|language| self.text_in(language, name));
        found.find(|shared| {
            !hides
                || shared.language == 0
                || !provenance::is_unchecked_by_program(&shared.document.front)
        })
    }

    /// Gives a shared text in the source language.
    pub(super) fn source_text(&self, name: &str) -> Option<Shared<'s>> {
        self.text_in(0, name)
    }

    fn text_in(&self, language: usize, name: &str) -> Option<Shared<'s>> {
        let key = (language, name.to_owned());
        let ((_, name), document) = self.site.shared.get_key_value(&key)?;
        Some(Shared {
            name,
            language,
            document,
        })
    }

    /// Goes into a shared text; `None` if it lies in itself, or where there are too many of them, which are findings.
    pub(super) fn enter(
        &mut self,
        shared: Shared<'s>,
        place: Place,
        findings: &mut Findings,
    ) -> Option<Around> {
        if self.open.contains(&shared.name) || self.open.len() >= MAX_EMBEDS {
            let way: Vec<&str> = self.open.iter().copied().chain([shared.name]).collect();
            let message = format!("this text is put into itself: {}", way.join(" → "));
            let finding = Finding::new(&EMBED_CYCLE, place, message);
            findings.push(finding.help("take one of these embeds out"));
            return None;
        }
        self.count += 1;
        if self.count > MAX_TEXTS {
            if self.count == MAX_TEXTS + 1 {
                let message = format!(
                    "more than {MAX_TEXTS} shared texts are put into the page `{}`",
                    self.page.key
                );
                let finding = Finding::new(&TOO_LARGE, place, message);
                findings
                    .push(finding.help("take some out; shared texts that hold others multiply"));
            }
            return None;
        }
        self.open.push(shared.name);
        let is_labelled = self.needs_label(shared);
        let within = self.within;
        if is_labelled {
            self.within = Within::LabelledText;
        }
        Some(Around {
            number: std::mem::replace(&mut self.number, self.count),
            within,
            is_labelled,
        })
    }

    /// Goes out of a shared text again.
    pub(super) fn leave(&mut self, around: &Around) {
        self.open.pop();
        self.number = around.number;
        self.within = around.within;
    }

    /// Tells whether a shared text must say that a computer program translated it and nobody has checked that: not where the label of the
    /// page, or of a text around it, says so.
    fn needs_label(&self, shared: Shared<'_>) -> bool {
        let is_labelled_around = || {
            let page = self.site.provenance(self.page);
            page.is_some_and(Provenance::is_unchecked_by_program)
        };
        self.within == Within::Page
            && shared.language != 0
            && provenance::is_unchecked_by_program(&shared.document.front)
            && !is_labelled_around()
    }

    /// Gives what a heading tells of its anchor; nothing for a heading that has none.
    pub(super) fn heading(&self, document: &'s Document, node: NodeId) -> Option<&'s Heading> {
        let of_page = self.within != Within::FoldedSource;
        of_page.then(|| document.heading(node)).flatten()
    }

    /// Gives the number of a footnote; nothing if the document has no text for it.
    pub(super) fn note(
        &mut self,
        document: &'s Document,
        label: &str,
        voice: usize,
    ) -> Option<usize> {
        let texts = &document.footnotes;
        let index = texts.binary_search_by(|(known, _)| document.tree.kept(*known).cmp(label));
        let text = texts[index.ok()?].1;
        let next = self.notes.len() + 1;
        let number = *self.note_numbers.entry((self.number, text)).or_insert(next);
        if number == next {
            self.notes.push(Note {
                document,
                text,
                voice,
                number: self.number,
                open: self.open.clone(),
            });
        }
        Some(number)
    }

    /// Tells whether footnotes were marked so far.
    pub(super) fn has_notes(&self) -> bool {
        !self.notes.is_empty()
    }

    /// Goes to the text of the footnote with a number; gives its document, its node and the language that is spoken there. Behind the last
    /// one there is nothing. Footnotes can be marked in footnotes.
    pub(super) fn go_to_note(&mut self, number: usize) -> Option<(&'s Document, NodeId, usize)> {
        let Some(note) = self.notes.get(number - 1) else {
            self.number = 0;
            self.open.clear();
            return None;
        };
        self.number = note.number;
        self.open.clone_from(&note.open);
        Some((note.document, note.text, note.voice))
    }

    /// Tells whether a choice is left out, or a list of them: there are links to pages, and none leads anywhere. A stage stays, since the
    /// way would lack it.
    pub(super) fn is_left_out(&self, document: &Document, id: NodeId) -> bool {
        if self.ways != Some(CalloutKind::Choices) {
            return false;
        }
        let tree = &document.tree;
        if matches!(tree.node(id).kind, Kind::List { .. }) {
            let mut items = tree.children(id);
            return items.all(|item| self.is_left_out(document, item));
        }
        let (mut has_page, mut leads_somewhere) = (false, false);
        tree.walk(id, &mut |_, node| {
            if let Kind::Link(link) = node.kind {
                let link = &tree.links[link as usize];
                match lookup::target(self.site, self.page, document, link) {
                    Found::Page(page, _) => {
                        has_page = true;
                        leads_somewhere |= self.site.shown_for(self.site.page(page)).is_some();
                    }
                    _ => leads_somewhere = true,
                }
            }
        });
        has_page && !leads_somewhere
    }
}

/// Gives how many blocks of an article come before the key points: on a safety page those before the first heading, on others none.
pub(super) fn blocks_before_key_points(page: &Page, document: &Document) -> usize {
    if page.kind() != PageKind::Safety {
        return 0;
    }
    let is_heading = |node: &NodeId| matches!(document.tree.node(*node).kind, Kind::Heading { .. });
    let blocks = document.tree.children(Tree::ROOT);
    blocks.take_while(|node| !is_heading(node)).count()
}

/// Tells whether the title of a list of ways is written: its first block is a heading.
pub(super) fn has_written_title(document: &Document, children: &[NodeId]) -> bool {
    let first = children.first();
    first.is_some_and(|node| matches!(document.tree.node(*node).kind, Kind::Heading { .. }))
}

/// Gives the anchor of the heading of a list of ways whose title nobody wrote.
pub(super) fn anchor_of_ways(kind: CalloutKind) -> &'static str {
    match kind {
        CalloutKind::Stages => "sd-stages",
        _ => "sd-choices",
    }
}

/// What stands on a page.
pub(super) enum Met<'s> {
    /// A heading, with the anchor that it wishes.
    Heading(&'s str),
    /// The ids of sources that are cited.
    Citation(&'s [Spot<String>]),
    /// A component, by its name, with the options of its embed.
    Component(&'s str, &'s components::Options),
}

/// Goes through the texts of a page in the order of its tree, until the visitor breaks off.
pub(super) fn walk<'s>(
    site: &'s Site,
    page: &'s Page,
    visit: &mut dyn FnMut(Met<'s>) -> ControlFlow<()>,
) -> ControlFlow<()> {
    let mut walker = Walker {
        texts: Texts::new(site, page),
        visit,
        findings: Findings::default(),
    };
    walker.page()
}

struct Walker<'s, 'v> {
    texts: Texts<'s>,
    visit: &'v mut dyn FnMut(Met<'s>) -> ControlFlow<()>,
    /// What is found on the way is told where the tree of the page is made.
    findings: Findings,
}

impl<'s> Walker<'s, '_> {
    fn page(&mut self) -> ControlFlow<()> {
        let page = self.texts.page;
        if let Role::Listing(listing) = page.role {
            (self.visit)(Met::Component(listing.name(), &[]))?;
        }
        let Some(document) = page.document.as_deref() else {
            return ControlFlow::Continue(());
        };
        let before = blocks_before_key_points(page, document);
        let blocks = document.tree.children(Tree::ROOT);
        let (first, rest) = (blocks.take(before), document.tree.children(Tree::ROOT));
        self.nodes(document, first)?;
        self.lines(document, &document.key_points)?;
        self.nodes(document, rest.skip(before))?;
        for number in 1.. {
            let Some((document, text, _)) = self.texts.go_to_note(number) else {
                break;
            };
            self.children(document, text)?;
        }
        self.lines(document, &document.next)?;
        (self.visit)(Met::Citation(&document.front.sources))
    }

    fn lines(&mut self, document: &'s Document, lines: &[NodeId]) -> ControlFlow<()> {
        let mut lines = lines.iter();
        lines.try_for_each(|line| self.children(document, *line))
    }

    fn children(&mut self, document: &'s Document, id: NodeId) -> ControlFlow<()> {
        self.nodes(document, document.tree.children(id))
    }

    fn nodes(
        &mut self,
        document: &'s Document,
        mut nodes: impl Iterator<Item = NodeId>,
    ) -> ControlFlow<()> {
        nodes.try_for_each(|node| self.node(document, node))
    }

    fn node(&mut self, document: &'s Document, id: NodeId) -> ControlFlow<()> {
        let tree = &document.tree;
        match tree.node(id).kind {
            Kind::Heading { .. } => {
                if let Some(heading) = self.texts.heading(document, id) {
                    (self.visit)(Met::Heading(&heading.id))?;
                }
                self.children(document, id)
            }
            Kind::Callout(kind) if kind.has_heading() => self.ways(document, id, kind),
            Kind::Citation(citation) => {
                (self.visit)(Met::Citation(&tree.citations[citation as usize]))
            }
            Kind::Embed(embed) => self.embed(&tree.embeds[embed as usize], tree.node(id).place),
            Kind::FootnoteMark(label) => {
                self.texts.note(document, tree.kept(label), 0);
                ControlFlow::Continue(())
            }
            Kind::FootnoteText(_) => ControlFlow::Continue(()),
            Kind::List { .. } | Kind::Item { .. } if self.texts.is_left_out(document, id) => {
                ControlFlow::Continue(())
            }
            _ => self.children(document, id),
        }
    }

    fn ways(&mut self, document: &'s Document, id: NodeId, kind: CalloutKind) -> ControlFlow<()> {
        let before = self.texts.ways;
        let children: Vec<NodeId> = document.tree.children(id).collect();
        let has_title = has_written_title(document, &children);
        if has_title {
            self.node(document, children[0])?;
        } else {
            (self.visit)(Met::Heading(anchor_of_ways(kind)))?;
        }
        self.texts.ways = Some(kind);
        self.nodes(document, children.into_iter().skip(usize::from(has_title)))?;
        self.texts.ways = before;
        ControlFlow::Continue(())
    }

    fn embed(&mut self, embed: &'s Embed, place: Place) -> ControlFlow<()> {
        match self.texts.put(embed, &mut self.findings) {
            Some(Put::Text(shared)) => self.shared(shared, place),
            Some(Put::Component(_)) => {
                (self.visit)(Met::Component(&embed.name.value, &embed.options))
            }
            None => ControlFlow::Continue(()),
        }
    }

    fn shared(&mut self, shared: Shared<'s>, place: Place) -> ControlFlow<()> {
        let Some(around) = self.texts.enter(shared, place, &mut self.findings) else {
            return ControlFlow::Continue(());
        };
        self.children(shared.document, Tree::ROOT)?;
        self.texts.leave(&around);
        if around.is_labelled
            && let Some(source) = self.texts.source_text(shared.name)
        {
            let within = std::mem::replace(&mut self.texts.within, Within::FoldedSource);
            self.shared(source, place)?;
            self.texts.within = within;
        }
        ControlFlow::Continue(())
    }
}

/// Gives all anchors of a page that authors can link to.
pub(super) fn anchors(site: &Site, page: &Page) -> FxHashSet<String> {
    let mut anchors = Anchors::default();
    let _ = walk(site, page, &mut |met| {
        match met {
            Met::Heading(wished) => {
                anchors.take(wished);
            }
            Met::Component(name, _) => {
                for wished in components::anchors(site.language_of(page), name) {
                    anchors.take(&wished);
                }
            }
            Met::Citation(_) => {}
        }
        ControlFlow::Continue(())
    });
    anchors.all()
}

/// Tells whether a heading stands on a page, besides those of its frame and of components.
pub(super) fn has_heading(site: &Site, page: &Page) -> bool {
    let is_heading = &mut |met| match met {
        Met::Heading(_) => ControlFlow::Break(()),
        Met::Citation(_) | Met::Component(..) => ControlFlow::Continue(()),
    };
    walk(site, page, is_heading).is_break()
}

/// Gives the ids of the sources that a page cites.
pub(super) fn cited_on<'s>(site: &'s Site, page: &'s Page) -> FxHashSet<&'s str> {
    let mut cited: FxHashSet<&str> = FxHashSet::default();
    let _ = walk(site, page, &mut |met| {
        match met {
            Met::Citation(ids) => cited.extend(ids.iter().map(|id| id.value.as_str())),
            Met::Component(name, options) => {
                let ids = components::cited(site.language_of(page), name, options);
                cited.extend(ids.into_iter().map(|id| id.value.as_str()));
            }
            Met::Heading(_) => {}
        }
        ControlFlow::Continue(())
    });
    cited
}

/// Gives the ids of the sources that the published pages of a language cite.
pub(super) fn cited(site: &Site, language: usize) -> HashSet<String> {
    let pages = site.published_in(language);
    let cited: FxHashSet<&str> = pages.flat_map(|page| cited_on(site, page)).collect();
    cited.into_iter().map(ToOwned::to_owned).collect()
}

/// Tells whether the conditions of an embed hold: `country=US,GB` and `show=taper_figures`. Options that cannot be used are findings.
fn is_wanted(site: &Site, embed: &Embed, findings: &mut Findings) -> bool {
    let name = &embed.name.value;
    let is_text = components::find(name).is_none();
    let mut is_wanted = true;
    for (key, value) in &embed.options {
        match key.value.as_str() {
            "country" if is_text => {
                let own = site.settings.country.as_deref();
                is_wanted &= countries(site, value, findings).iter().any(|code| {
                    let is_union = *code == UNION && own.is_some_and(is_in_european_union);
                    Some(*code) == own || is_union
                });
            }
            "show" if value.value.eq_ignore_ascii_case("taper_figures") => {
                is_wanted &= site.settings.publish.taper_figures
            }
            "show" => wrong_option(
                value,
                "`show` knows only one word",
                "write `show=taper_figures`",
                findings,
            ),
            other if components::options(name).contains(&other) => {}
            other => {
                let known: Vec<&str> = ["show"]
                    .into_iter()
                    .chain(is_text.then_some("country"))
                    .chain(components::options(name).iter().copied())
                    .collect();
                wrong_option(
                    key,
                    &format!("`{other}` is not an option of `{name}`"),
                    &format!("known options are {}", known.join(", ")),
                    findings,
                );
            }
        }
    }
    is_wanted
}

/// Reads the codes of countries in an option; what is no code is a finding.
pub(super) fn countries(
    site: &Site,
    option: &Spot<String>,
    findings: &mut Findings,
) -> Vec<&'static str> {
    let mut codes = Vec::new();
    for written in option.value.split(',').map(str::trim) {
        let shared = [UNION, ANY];
        let mut shared = shared.into_iter();
        let shared = shared.find(|code| code.eq_ignore_ascii_case(written));
        if let Some(code) = country::code(written).or(shared) {
            codes.push(code);
            continue;
        }
        let file = site.snapshot.file(option.place.file).text();
        let at = words_within(file, option.place, written);
        let at = at.filter(|_| !written.is_empty()).unwrap_or(option.place);
        let message = if written.is_empty() {
            "`country=` names no country, so nothing is shown here".to_owned()
        } else {
            format!("`{written}` is not a code of a country, so nothing is shown here")
        };
        let code = country::code_of_name(written).or_else(|| {
            let own = site.settings.country.as_deref();
            own.filter(|_| written.is_empty()).and_then(country::code)
        });
        let help = match code {
            Some(code) => format!("write `country={code}`"),
            None => {
                "write the two letters of the country (ISO 3166), such as `country=US`".to_owned()
            }
        };
        findings.push(Finding::new(&WRONG_VALUE, at, message).help(help));
    }
    codes
}

/// Reports an option of an embed that cannot be used.
pub(super) fn wrong_option(at: &Spot<String>, message: &str, help: &str, findings: &mut Findings) {
    findings.push(Finding::new(&WRONG_VALUE, at.place, message).help(help));
}

/// Tells whether a name is that of a picture.
fn is_picture(name: &str) -> bool {
    let ending = name.rsplit_once('.').map_or("", |(_, ending)| ending);
    ["png", "jpg", "jpeg", "gif", "svg", "webp", "avif"]
        .iter()
        .any(|known| ending.eq_ignore_ascii_case(known))
}

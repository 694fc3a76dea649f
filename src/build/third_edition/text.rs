//! An edition as a trial of the seam: one plain text for each language, made from XHTML, with nothing in it but articles.

use crate::disk::Sink;
use crate::edition::changes::Changes;
use crate::edition::web::{Entry, Source};
use crate::edition::{Colophon, Container, Contents, Edition, Form, Landing, LandingKind, Stage};
use crate::finding::{Failure, Findings};
use crate::load::SourceFile;
use crate::model::{Page, Role, Site};
use crate::parse::tree::Tree;
use crate::render::html::{Addresses, Syntax};
use crate::render::view::Renderer;
use crate::settings::Settings;
use roxmltree::{Document, Node};
use std::path::{Path, PathBuf};

/// The first line of each file.
const MARK: &str = "A text made by Stepdown\n";

/// The edition.
pub(super) struct Text;

impl Edition for Text {
    fn name(&self) -> &'static str {
        "text"
    }

    fn about(&self) -> &'static str {
        "one plain text for each language"
    }

    fn form(&self) -> &'static dyn Form {
        &Self
    }

    fn landings(&self, settings: &Settings) -> Vec<Landing> {
        let languages = settings.languages.iter();
        let landings = languages.map(|language| Landing {
            name: format!("{}-{language}.txt", settings.slug),
            kind: LandingKind::File {
                is_ours: |bytes| bytes.starts_with(MARK.as_bytes()),
            },
        });
        landings.collect()
    }

    fn start<'d>(&self, stage: Stage<'d>) -> Result<Box<dyn Container + 'd>, Failure> {
        let mut texts = Vec::new();
        for place in stage.places {
            let mut sink = stage.disk.create(&place.staged)?;
            write(&mut *sink, MARK)?;
            texts.push((place.path, sink));
        }
        Ok(Box::new(Texts(texts)))
    }

    fn closing(&self, places: &[PathBuf], say: &dyn Fn(&Path) -> String) -> String {
        let files: Vec<String> = places.iter().map(|place| say(place)).collect();
        format!("To read it anywhere, open {}.", files.join(" or "))
    }

    fn offered_as(&self) -> Option<&'static str> {
        Some("text/plain; charset=utf-8")
    }
}

impl Form for Text {
    fn name(&self) -> &'static str {
        "text"
    }

    fn plan(&self, site: &Site) -> Vec<Entry> {
        let articles = site.published().filter(|page| page.role == Role::Article);
        let entries = articles.map(|page| Entry {
            address: page.address.clone(),
            source: Source::Page(page.id),
        });
        entries.collect()
    }

    fn syntax(&self) -> Syntax {
        Syntax::Xhtml
    }

    fn addresses<'s>(&self, _site: &'s Site, _from: &'s str) -> Box<dyn Addresses + 's> {
        Box::new(Articles)
    }

    fn page(
        &self,
        renderer: &Renderer,
        page: &Page,
        tree: &Tree,
        from: &str,
        _findings: &mut Findings,
    ) -> Vec<u8> {
        let content = self.content(renderer.site(), page, tree, from);
        let content = format!("<body>{content}</body>");
        let document = Document::parse(&content).expect("the content is well-formed");
        let mut text = format!("\n== {from} ==\n");
        for node in document.root().descendants() {
            text.push_str(node.text().filter(|_| node.is_text()).unwrap_or_default());
            let link = node.parent().filter(|_| node.next_sibling().is_none());
            if let Some(address) = link.and_then(|link: Node<'_, '_>| link.attribute("href")) {
                text.extend([" <", address, ">"]);
            }
        }
        text.into_bytes()
    }
}

/// A text leads to articles, and has no files.
struct Articles;

impl Addresses for Articles {
    fn page(&self, page: &Page, _anchor: Option<&str>) -> Option<String> {
        (page.role == Role::Article).then(|| page.address.clone())
    }

    fn asset(&self, _file: &SourceFile) -> Option<String> {
        None
    }
}

fn folder(address: &str) -> &str {
    address.split('/').next().unwrap_or_default()
}

fn write(sink: &mut dyn Sink, text: &str) -> Result<(), Failure> {
    let written = sink.write_all(text.as_bytes());
    written.map_err(|cause| Failure::io("write", Path::new("a text"), &cause))
}

/// The files of all languages while they are written.
struct Texts(Vec<(PathBuf, Box<dyn Sink>)>);

impl Container for Texts {
    fn add(&mut self, address: &str, contents: &Contents<'_>) -> Result<(), Failure> {
        let Contents::Bytes(bytes) = contents else {
            return Ok(());
        };
        let end = format!("-{}.txt", folder(address));
        let mut texts = self.0.iter_mut();
        let text = texts.find(|(path, _)| path.to_string_lossy().ends_with(&end));
        let (_, sink) = text.expect("each language has a file");
        write(&mut **sink, &String::from_utf8_lossy(bytes))
    }

    fn finish(self: Box<Self>, _colophon: &Colophon<'_>) -> Result<Option<Changes>, Failure> {
        self.0.into_iter().try_for_each(|(_, sink)| sink.finish())?;
        Ok(None)
    }
}

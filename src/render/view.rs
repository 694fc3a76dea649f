//! The values that templates receive, and the whole pages made with them.

use crate::base::digest::Digest;
use crate::base::language::Language;
use crate::base::path::SitePath;
use crate::base::slug::asset_address;
use crate::finding::Findings;
use crate::model::provenance::Provenance;
use crate::model::{Listing, Page, Role, Site, strip_tree};
use crate::parse::front_matter::PageKind;
use crate::parse::tree::Tree;
use crate::render::html::{self, Published, Relative, Syntax, escaped};
use crate::render::look;
use crate::render::policy;
use crate::render::templates::{Templates, Value, Values, safe, value};
use crate::render::urls;
use crate::settings::NameIn;
use serde_json::json;
use std::collections::{BTreeMap, HashMap};
use std::fmt::Write as _;
use std::sync::Arc;

/// The script that runs while a page is read, before anything is shown.
const START_SCRIPT: &str = "templates/start.js";
/// The page that opens a copy.
const START_HERE: &str = "START-HERE.html";
/// The style of all pages.
const STYLE: &str = "static/assets/stepdown.css";
/// Where the exit button leads if the settings do not say: a weather page, as on GOV.UK's "exit this page".
const EXIT_TARGET: &str = "https://www.weather.gov/";

/// What schema.org calls the source of a text that a computer program wrote which had learned from other texts (after the "digital source
/// type" of IPTC).
const PROGRAM_SOURCE: &str = "https://schema.org/TrainedAlgorithmicMediaDigitalSource";

/// Renders the pages of a site: the templates, and the values that all pages of a language share.
pub(crate) struct Renderer {
    site: Arc<Site>,
    templates: Arc<Templates>,
    /// The interface texts of each language.
    texts: Vec<Value>,
    /// What stands around the pages of a language in a folder: addresses are relative, so it is the same for all of them.
    frames: HashMap<(usize, String), Values>,
    /// The page for addresses that do not exist.
    not_found: Values,
    /// The help line of the page that opens a copy, in the first language.
    start_strip: String,
}

impl Renderer {
    /// Prepares what pages share.
    pub(crate) fn new(
        site: &Arc<Site>,
        templates: &Arc<Templates>,
        findings: &mut Findings,
    ) -> Self {
        let texts = site.languages.iter().map(|language| {
            let texts = language
                .text_names
                .iter()
                .map(|name| (name.clone(), language.texts.text(name)));
            value(&texts.collect::<BTreeMap<_, _>>())
        });
        let mut renderer = Self {
            site: Arc::clone(site),
            templates: Arc::clone(templates),
            texts: texts.collect(),
            frames: HashMap::new(),
            not_found: Values::default(),
            start_strip: String::new(),
        };
        let strips: Vec<Option<(&Page, Tree)>> = (0..site.languages.len())
            .map(|language| {
                let home = site.by_key(language, "index")?;
                Some((home, strip_tree(site, home, findings)))
            })
            .collect();
        renderer.start_strip = strips[0]
            .as_ref()
            .map_or_else(String::new, |(home, strip)| {
                let from = Relative { from: START_HERE };
                html::write(site, home, strip, &from, Syntax::Html)
            });
        renderer.not_found = renderer.not_found_values(strips[0].as_ref());
        let mut folders: BTreeMap<(usize, &str), (&Page, &str)> = BTreeMap::new();
        let mut last = None;
        for page in &site.pages {
            let key = (page.language, folder(&page.address));
            // Neighbors lie in one folder, as a rule.
            if last != Some(key) {
                folders.entry(key).or_insert((page, &page.address));
                folders
                    .entry((page.language, ""))
                    .or_insert((page, "index.html"));
                last = Some(key);
            }
        }
        for ((language, folder), (page, address)) in folders {
            if let Some((home, strip)) = &strips[language] {
                let mut values = renderer.frame(page, address);
                let strip =
                    html::write(site, home, strip, &Relative { from: address }, Syntax::Html);
                values.set("strip", safe(&strip));
                renderer
                    .frames
                    .insert((language, folder.to_owned()), values);
            }
        }
        renderer
    }

    /// Gives the site whose pages it renders.
    pub(crate) fn site(&self) -> &Site {
        &self.site
    }

    /// Renders the same page with the places at which its elements were written, for programs.
    pub(crate) fn page_with_places(&self, page: &Page, tree: &Tree, address: &str) -> Vec<u8> {
        let content = html::write_with_places(&self.site, page, tree, &Relative { from: address });
        self.framed(page, &content, address, &mut Findings::default())
    }

    /// Puts the templates around what a page says that stands at an address.
    pub(crate) fn framed(
        &self,
        page: &Page,
        content: &str,
        address: &str,
        findings: &mut Findings,
    ) -> Vec<u8> {
        let frame = self
            .frames
            .get(&(page.language, folder(address).to_owned()));
        let mut values = frame.cloned().unwrap_or_default();
        values.set("page", self.page_values(page, address));
        values.set("content", safe(content));
        self.templates
            .render("page.html", &values, &self.site.snapshot, findings)
            .into_bytes()
    }

    /// Renders the page for addresses that do not exist.
    pub(crate) fn not_found(&self, findings: &mut Findings) -> Vec<u8> {
        self.templates
            .render("404.html", &self.not_found, &self.site.snapshot, findings)
            .into_bytes()
    }

    /// Gives the values of the page for addresses that do not exist. It may stand in for any address, so it holds its style, and
    /// links only with a base URL.
    fn not_found_values(&self, strip: Option<&(&Page, Tree)>) -> Values {
        let site = &*self.site;
        let language = &site.languages[0];
        let mut values = Values::default();
        let links = site.settings.base_url.as_ref().map(|base| {
            let link = |page: &Page| json!({"title": page.title, "url": format!("{base}{}", page.address)});
            let pages = site.published_in(0).filter(|page| page.role == Role::Home || page.role == Role::Listing(Listing::AToZ));
            pages.map(link).collect::<Vec<_>>()
        });
        values.set("language", value(language.language.code()));
        values.set("direction", value(language.language.direction()));
        values.set("site_name", value(&name_in(site, 0).text));
        values.set("links", value(&links.unwrap_or_default()));
        values.set("t", self.texts[0].clone());
        let strip = strip.map(|(home, strip)| {
            let base = site.settings.base_url.as_deref();
            html::write(site, home, strip, &Published { base }, Syntax::Html)
        });
        values.set("strip", safe(&strip.unwrap_or_default()));
        let style = format!(
            "{}{}",
            text_of(site, STYLE),
            look::style_sheet(site).unwrap_or_default()
        );
        values.set("style", safe(&style));
        values.set("policy", safe(&policy::of_lone_page(&style)));
        values
    }

    /// Renders the page at an earlier address.
    pub(crate) fn redirect(&self, from: &str, to: &Page, findings: &mut Findings) -> Vec<u8> {
        let language = self.site.language_of(to);
        let mut values = Values::default();
        values.set("language", value(language.language.code()));
        values.set("direction", value(language.language.direction()));
        values.set("root", value(&urls::root(from)));
        values.set("t", self.texts[to.language].clone());
        values.set("title", value(&to.title));
        values.set("stylesheets", self.look(from));
        values.set("target", value(&urls::relative(from, &to.address)));
        values.set("canonical", value(&self.absolute(&to.address)));
        values.set("policy", safe(policy::WITHOUT_SCRIPT));
        self.templates
            .render("redirect.html", &values, &self.site.snapshot, findings)
            .into_bytes()
    }

    /// Renders the page that opens a copy.
    pub(crate) fn start_here(&self, findings: &mut Findings) -> Vec<u8> {
        let site = &*self.site;
        let homes = site.languages.iter().enumerate().map(|(index, language)| {
            json!({
                "code": language.language.code(),
                "direction": language.language.direction(),
                "name": language.texts.text("start-here-open"),
                "text": language.texts.text("start-here-text"),
                "url": site.by_key(index, "index").map(|home| home.address.clone()),
            })
        });
        let mut values = Values::default();
        values.set("stylesheets", self.look(START_HERE));
        values.set("strip", safe(&self.start_strip));
        values.set("t", self.texts[0].clone());
        values.set("site", value(&json!({"name": name_in(site, 0).text})));
        values.set("languages", value(&homes.collect::<Vec<_>>()));
        values.set("policy", safe(policy::WITHOUT_SCRIPT));
        self.templates
            .render("start-here.html", &values, &site.snapshot, findings)
            .into_bytes()
    }

    /// Gives the style sheet of the site's accent, if it has one, as seen from an address.
    fn look(&self, from: &str) -> Value {
        let address = look::address(&self.site).map(|look| urls::relative(from, look));
        value(&address.into_iter().collect::<Vec<_>>())
    }

    fn absolute(&self, address: &str) -> Option<String> {
        self.site
            .settings
            .base_url
            .as_ref()
            .map(|base| format!("{base}{address}"))
    }

    /// Gives the values that stand around every page of a language in a folder.
    fn frame(&self, page: &Page, address: &str) -> Values {
        let site = &*self.site;
        let language = site.language_of(page);
        let mut values = Values::default();
        values.set("language", value(language.language.code()));
        values.set("direction", value(language.language.direction()));
        values.set("root", value(&urls::root(address)));
        values.set("t", self.texts[page.language].clone());
        let home = site
            .by_key(page.language, "index")
            .map(|home| urls::relative(address, &home.address));
        let logo = site.settings.look.logo.as_ref().and_then(|logo| {
            let path = SitePath::new(&format!("static/{}", logo.value));
            let file = site.snapshot.find(&path)?;
            let crate::load::Body::Asset(Some((width, height))) = file.body else { return None };
            Some(json!({"url": urls::relative(address, &asset_address(&site.snapshot.file(file.id).path)), "width": width, "height": height}))
        });
        let a_to_z = site
            .by_key(page.language, Listing::AToZ.name())
            .filter(|listing| listing.state.is_published())
            .map(|listing| urls::relative(address, &listing.address));
        let name = name_in(site, page.language);
        let other = Some(&name.language).filter(|other| **other != language.language);
        values.set(
            "site",
            value(&json!({
                "name": name.text,
                "name_language": other.map(Language::code),
                "name_direction": other.map(Language::direction),
                "home": home,
                "a_to_z": a_to_z,
                "home_link": site.settings.look.home_link,
                "home_link_text": language.texts.text("home-link"),
                "logo": logo,
                "exit": site.settings.exit.on.then(|| site.settings.exit.target.as_deref().unwrap_or(EXIT_TARGET)),
                "extra": site.settings.extra,
            })),
        );
        let script = text_of(site, START_SCRIPT);
        values.set("start_script", safe(&script));
        values.set("policy", safe(&policy::of_page(&script)));
        let listings = Listing::ALL
            .iter()
            .filter_map(|listing| site.by_key(page.language, listing.name()));
        let links = listings.filter(|page| page.state.is_published()).map(|listing| json!({"title": listing.title, "url": urls::relative(address, &listing.address)}));
        values.set("footer_links", value(&links.collect::<Vec<_>>()));
        let own = site.snapshot.below("static/").filter(|file| {
            file.origin == crate::load::Origin::Site
                && file.path.ending() == "css"
                && file.path.as_str() != "static/assets/stepdown.css"
        });
        let own = own
            .map(|file| urls::relative(address, &asset_address(&site.snapshot.file(file.id).path)));
        let look = look::address(site).map(|look| urls::relative(address, look));
        values.set(
            "stylesheets",
            value(&look.into_iter().chain(own).collect::<Vec<_>>()),
        );
        values
    }

    fn page_values(&self, page: &Page, address: &str) -> Value {
        let site = &*self.site;
        let is_indexed = page.is_indexed();
        let name = &name_in(site, page.language).text;
        let head_title = if page.title == *name {
            name.clone()
        } else {
            format!("{} – {name}", page.title)
        };
        let summary = page
            .document
            .as_ref()
            .and_then(|document| document.front.summary.as_ref());
        let base = site.settings.base_url.as_ref().filter(|_| is_indexed);
        let alternates = base.into_iter().flat_map(|base| {
            let others = (0..site.languages.len()).filter_map(|language| site.by_key(language, &page.key));
            others.filter(|other| other.is_indexed()).map(move |other| {
                json!({"language": site.language_of(other).language.code(), "url": format!("{base}{}", other.address)})
            })
        });
        let languages = site
            .languages
            .iter()
            .enumerate()
            .filter_map(|(index, language)| {
                let other = site
                    .by_key(index, &page.key)
                    .filter(|other| other.state.is_published());
                let other = other.or_else(|| site.by_key(index, "index"))?;
                Some(json!({
                    "code": language.language.code(),
                    "direction": language.language.direction(),
                    "name": language.texts.text("language-name"),
                    "url": urls::relative(address, &other.address),
                    "is_current": index == page.language,
                }))
            });
        let feed = site
            .settings
            .base_url
            .as_ref()
            .map(|base| format!("{base}{}/feed.xml", site.language_of(page).language));
        let json_ld = is_indexed.then(|| self.json_ld(page));
        let mut values = json!({
            "title": page.title,
            "head_title": head_title,
            "description": summary.map(|summary| &summary.value),
            "noindex": !is_indexed,
            "canonical": self.absolute(&page.address).filter(|_| is_indexed),
            "alternates": alternates.collect::<Vec<_>>(),
            "feed": feed,
            "due": page.review.as_ref().map(|review| review.due(&site.settings.review).to_string()),
            "breadcrumbs": self.breadcrumbs(page, address),
            "languages": languages.collect::<Vec<_>>(),
            "kind": if page.role == Role::Home { "home" } else { page.kind().word() },
            "extra": page.document.as_ref().map(|document| &document.front.extra),
        });
        values["json_ld"] = serde_json::Value::Null;
        let Some(json_ld) = json_ld else {
            return value(&values);
        };
        let Some(mut map) = value(&values).into_map() else {
            return value(&values);
        };
        map.insert("json_ld".into(), safe(&json_ld));
        Value::from(map)
    }

    fn breadcrumbs(&self, page: &Page, address: &str) -> Vec<serde_json::Value> {
        let site = &*self.site;
        let section = format!("{}/index", page.section());
        let above = match page.role {
            Role::Home => Vec::new(),
            Role::Article => vec!["index", section.as_str()],
            Role::Section | Role::Listing(_) => vec!["index"],
        };
        let pages = above
            .into_iter()
            .filter_map(|key| site.by_key(page.language, key))
            .filter(|above| above.state.is_published());
        pages.map(|above| json!({"title": if above.role == Role::Home { site.language_of(above).texts.text("home") } else { above.title.clone() }, "url": urls::relative(address, &above.address)})).collect()
    }

    /// Describes the page for search engines (schema.org). A page without a review claims none, and no person and no organization is named
    /// as the author of what a computer program wrote.
    fn json_ld(&self, page: &Page) -> String {
        let site = &*self.site;
        let language = site.language_of(page);
        let kind = if page.kind() == PageKind::Site {
            "WebPage"
        } else {
            "MedicalWebPage"
        };
        let mut data = json!({
            "@context": "https://schema.org",
            "@type": kind,
            "name": page.title,
            "inLanguage": language.language.code(),
        });
        let publisher = language
            .data
            .center
            .name
            .as_ref()
            .map_or(&name_in(site, page.language).text, |name| &name.value);
        data["publisher"] = json!({"@type": "Organization", "name": publisher});
        if let Some(url) = self.absolute(&page.address) {
            data["url"] = url.into();
        }
        if let Some(document) = &page.document {
            let front = &document.front;
            if let Some(summary) = &front.summary {
                data["description"] = summary.value.as_str().into();
            }
            if let Some(updated) = &front.updated {
                data["dateModified"] = updated.value.to_string().into();
            }
            let people = |ids: &[String]| -> Vec<serde_json::Value> {
                let rows = ids.iter().filter_map(|id| language.data.person(id));
                rows.map(|row| json!({"@type": "Person", "name": row.value.name.value}))
                    .collect()
            };
            let provenance = site.provenance(page);
            let is_by_program = provenance.is_some_and(|known| known.is_by_program);
            let authors: Vec<String> = front.authors.iter().map(|id| id.value.clone()).collect();
            if !authors.is_empty() {
                let role = if is_by_program {
                    "contributor"
                } else {
                    "author"
                };
                data[role] = people(&authors).into();
            }
            if is_by_program {
                data["digitalSourceType"] = json!({"@id": PROGRAM_SOURCE});
            }
            if let Some(credit) = provenance.and_then(Provenance::by_program) {
                data["creditText"] = site.text_about_source(page.language, credit).into();
            }
            if let Some(review) = &page.review {
                data["lastReviewed"] = review.on.to_string().into();
                data["reviewedBy"] = people(&review.by).into();
            }
            if kind == "MedicalWebPage" {
                data["audience"] =
                    json!({"@type": "MedicalAudience", "audienceType": audience(page)});
            }
        }
        data.to_string().replace('<', "\\u003c")
    }
}

/// Gives the name of the site that pages of a language show.
fn name_in(site: &Site, language: usize) -> &NameIn {
    site.settings
        .name
        .shown_in(&site.languages[language].language)
}

/// Gives the text of a file of the look as a browser reads it within a page, with plain line ends (HTML, "preprocessing the input
/// stream"), so that its hash is right. A file that cannot be read is empty, and a finding says why.
fn text_of(site: &Site, path: &str) -> String {
    let file = site.snapshot.find(&SitePath::new(path));
    let text = file
        .filter(|file| file.is_text())
        .map_or("", |file| file.text());
    text.replace("\r\n", "\n").replace('\r', "\n")
}

fn audience(page: &Page) -> &'static str {
    use crate::parse::front_matter::Audience;
    let audience = page
        .document
        .as_ref()
        .map(|document| document.front.audience.as_slice())
        .unwrap_or_default();
    match audience {
        [only] if only.value == Audience::Clinician => "Clinician",
        [only] if only.value == Audience::Family => "Caregiver",
        _ => "Patient",
    }
}

/// Gives the folder of an address, empty at the root.
fn folder(address: &str) -> &str {
    address.rsplit_once('/').map_or("", |(folder, _)| folder)
}

/// Writes the sitemap of a site that has a base URL (sitemaps.org protocol 0.9).
pub(crate) fn sitemap(site: &Site, base: &str) -> Vec<u8> {
    let mut out = String::from(
        "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<urlset xmlns=\"http://www.sitemaps.org/schemas/sitemap/0.9\">\n",
    );
    for page in site.published().filter(|page| page.is_indexed()) {
        let updated = page
            .document
            .as_ref()
            .and_then(|document| document.front.updated.as_ref());
        let updated = updated
            .map(|date| format!("<lastmod>{}</lastmod>", date.value))
            .unwrap_or_default();
        let _ = writeln!(
            out,
            "<url><loc>{}</loc>{updated}</url>",
            escaped(&format!("{base}{}", page.address))
        );
    }
    out.push_str("</urlset>\n");
    out.into_bytes()
}

/// Writes the Atom feed of changes of a language (RFC 4287): the fifty pages that were changed last.
pub(crate) fn feed(site: &Site, language: usize, base: &str) -> Vec<u8> {
    let code = site.languages[language].language.code();
    let dated = |page: &'_ Page| {
        let updated = page.document.as_ref()?.front.updated.as_ref()?.value;
        page.is_indexed().then_some(updated)
    };
    let mut pages: Vec<_> = site
        .published_in(language)
        .filter_map(|page| Some((dated(page)?, page)))
        .collect();
    pages.sort_by(|left, right| {
        right
            .0
            .cmp(&left.0)
            .then_with(|| left.1.key.cmp(&right.1.key))
    });
    pages.truncate(50);
    let time = |date: crate::base::date::Date| format!("{date}T00:00:00Z");
    let latest = pages.first().map_or(site.today, |(date, _)| *date);
    let own = escaped(&format!("{base}{code}/feed.xml"));
    let name = name_in(site, language);
    let title_language = if name.language.code() == code {
        String::new()
    } else {
        format!(" xml:lang=\"{}\"", name.language)
    };
    let name = escaped(&name.text);
    let mut out = format!(
        "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<feed xmlns=\"http://www.w3.org/2005/Atom\" xml:lang=\"{code}\">\n<title{title_language}>{name}</title>\n<id>{own}</id>\n<link rel=\"self\" href=\"{own}\"/>\n<updated>{}</updated>\n<author><name>{name}</name></author>\n",
        time(latest)
    );
    for (date, page) in pages {
        let url = escaped(&format!("{base}{}", page.address));
        let summary = page
            .document
            .as_ref()
            .and_then(|document| document.front.summary.as_ref())
            .map(|summary| escaped(&summary.value));
        let is_by_program = site
            .provenance(page)
            .is_some_and(|known| known.is_by_program);
        let author = is_by_program.then(|| {
            let program = escaped(&site.language_of(page).texts.text("program"));
            format!("<author><name>{program}</name></author>\n")
        });
        let _ = writeln!(
            out,
            "<entry>\n<title>{}</title>\n<id>{url}</id>\n<link href=\"{url}\"/>\n<updated>{}</updated>\n{}<summary>{}</summary>\n</entry>",
            escaped(&page.title),
            time(date),
            author.unwrap_or_default(),
            summary.unwrap_or_default()
        );
    }
    out.push_str("</feed>\n");
    out.into_bytes()
}

/// Gives the version of what a site says: the digest of all its sources and of the program's version.
pub(crate) fn version(site: &Site) -> Digest {
    Digest::of_parts([
        env!("CARGO_PKG_VERSION").as_bytes(),
        site.snapshot.digest().bytes(),
    ])
}

#[cfg(test)]
mod tests {
    use crate::model::look::PAIRS;
    use std::collections::BTreeSet;

    /// The page for theme makers.
    const DOCS: &str = include_str!("../../docs/templates.md");

    #[test]
    fn the_docs_name_every_pair_of_colors_with_its_contrast() {
        let (_, below) = DOCS.split_once("### Pairs of colors").unwrap();
        let section = below.split_once("\n#").unwrap().0;
        let mut named = BTreeSet::new();
        for row in section.lines().filter(|line| line.starts_with("| `")) {
            let [fronts, grounds, least] = row
                .trim_matches('|')
                .split(" | ")
                .collect::<Vec<_>>()
                .try_into()
                .unwrap();
            let code = |text: &'static str| text.split('`').skip(1).step_by(2);
            for front in code(fronts) {
                named.extend(
                    code(grounds).map(|ground| format!("{front} on {ground}: {}", least.trim())),
                );
            }
        }
        let expected: BTreeSet<String> = PAIRS
            .iter()
            .map(|(front, ground, ratio)| format!("{front} on {ground}: {ratio} to 1"))
            .collect();
        assert_eq!(named, expected);
    }
}

//! The site's settings file, `stepdown.toml`: every key with its meaning and its default.

mod name;

pub(crate) use name::NameIn;

use self::name::SiteName;
use crate::base::country;
use crate::base::language::Language;
use crate::base::place::{FileId, Place, Spot};
use crate::base::slug::address_slug;
use crate::base::value::Table;
use crate::finding::Findings;
use crate::finding::fields::{Fields, FromValue, words};
use crate::load::{SETTINGS, Snapshot};
use schemars::JsonSchema;
use std::collections::BTreeMap;

words! {
    /// Where readers are.
    pub(crate) enum Setting {
        /// At home.
        Community = "community",
        /// On a ward.
        Inpatient = "inpatient",
        /// In prison or another place that they cannot leave; the strip says whom to tell.
        Custody = "custody",
    }
}

words! {
    /// A form in which a site is handed out.
    pub(crate) enum EditionName {
        /// The folder for a web server, which also opens as it is.
        Web = "web",
        /// The same folder as one file to send.
        Zip = "zip",
        /// A whole language in one page.
        Single = "single",
        /// An e-book.
        Epub = "epub",
        /// PDF handouts.
        Print = "print",
    }
}

words! {
    /// What happens to pages that nobody has checked.
    pub(crate) enum Publishing {
        /// They are left out, and links to them say whom to ask.
        Hide = "hide",
        /// They are shown with a label and kept out of search engines.
        Label = "label",
        /// They stop the build.
        Refuse = "refuse",
    }
}

words! {
    /// How doses are written.
    pub(crate) enum DoseProfile {
        /// As the US ISMP asks.
        Us = "us",
        /// As the NHS asks.
        Nhs = "nhs",
    }
}

/// All settings of a site.
#[derive(Clone, Debug, JsonSchema)]
#[schemars(title = "stepdown.toml", deny_unknown_fields)]
pub struct Settings {
    /// The site's name, as readers see it: one text, or one for each language, such as `{ en = "Our library", es = "Nuestra biblioteca" }`.
    pub(crate) name: SiteName,
    /// The short name in file names, such as `recovery-library`.
    pub(crate) slug: String,
    /// The languages; the first is the source from which the others are translated.
    pub(crate) languages: Vec<Language>,
    /// The web address at which the site will stand, such as `https://example.org/education/`; only needed for search engines.
    pub(crate) base_url: Option<String>,
    /// The readers' country, two letters such as `US`; decides which telephone numbers are shown.
    pub(crate) country: Option<String>,
    /// Where readers are.
    pub(crate) setting: Setting,
    /// What a build makes.
    pub(crate) editions: Vec<Spot<EditionName>>,
    /// How the site looks.
    pub(crate) look: Look,
    /// What may be published.
    pub(crate) publish: Publish,
    /// The pages that help in danger.
    pub(crate) safety: Safety,
    /// How often pages are reviewed.
    pub(crate) review: ReviewSettings,
    /// HTML in articles.
    pub(crate) html: Html,
    /// The button that leaves the site quickly.
    pub(crate) exit: Exit,
    /// How doses are written.
    #[expect(dead_code, reason = "the checks of doses will read it")]
    pub(crate) doses: Doses,
    /// The edition that is one file.
    #[expect(dead_code, reason = "the edition that is one file will read it")]
    pub(crate) single: Single,
    /// Rules that are allowed in the whole site: rule = "reason".
    #[schemars(with = "BTreeMap<String, String>")]
    pub(crate) allow: Vec<Allowance>,
    /// The site's own keys, for its own templates.
    #[schemars(with = "BTreeMap<String, serde_json::Value>")]
    pub(crate) extra: serde_json::Value,
    /// Where the settings stand, for findings.
    #[schemars(skip)]
    pub(crate) place: Option<Place>,
}

/// `[look]`: how the site looks.
#[derive(Clone, Debug, Default, JsonSchema)]
#[schemars(deny_unknown_fields)]
pub(crate) struct Look {
    /// A picture in `static/`, shown beside the name.
    pub logo: Option<Spot<String>>,
    /// The accent color, such as `#1d5c63`.
    pub accent: Option<Spot<String>>,
    /// The address of the center's own website.
    pub home_link: Option<String>,
}

/// `[publish]`: what may be published.
#[derive(Clone, Debug, JsonSchema)]
#[schemars(deny_unknown_fields)]
pub(crate) struct Publish {
    /// Pages that no clinician has reviewed.
    pub unreviewed: Publishing,
    /// Translations that nobody has checked.
    pub unchecked_translations: Publishing,
    /// Whether percentages and intervals of dose reduction are shown.
    pub taper_figures: bool,
}

/// `[safety]`: the pages that help in danger.
#[derive(Clone, Debug, Default, JsonSchema)]
#[schemars(deny_unknown_fields)]
pub(crate) struct Safety {
    /// The page with telephone numbers, such as `families-crisis/crisis-help`.
    pub crisis_page: Option<Spot<String>>,
    /// The page that says why nobody should stop suddenly.
    pub stop_page: Option<Spot<String>>,
}

/// `[review]`: how often pages are reviewed.
#[derive(Clone, Debug, JsonSchema)]
#[schemars(deny_unknown_fields)]
pub(crate) struct ReviewSettings {
    /// Months between two reviews of a page.
    pub every: u32,
    /// Days after the due date in which a page may still be published without a finding.
    pub grace_days: u32,
}

/// `[html]`: HTML in articles.
#[derive(Clone, Debug, Default, JsonSchema)]
#[schemars(deny_unknown_fields)]
pub(crate) struct Html {
    /// The elements that articles may use, such as `["abbr", "sub"]`.
    pub allow: Vec<Spot<String>>,
}

/// `[exit]`: the button that leaves the site quickly.
#[derive(Clone, Debug, Default, JsonSchema)]
#[schemars(deny_unknown_fields)]
pub(crate) struct Exit {
    /// Whether it is shown.
    pub on: bool,
    /// Where it leads.
    pub target: Option<String>,
}

/// `[doses]`: how doses are written.
#[derive(Clone, Debug, Default, JsonSchema)]
#[schemars(deny_unknown_fields)]
pub(crate) struct Doses {
    /// The national rule.
    #[expect(dead_code, reason = "the checks of doses will read it")]
    pub profile: Option<DoseProfile>,
}

/// `[single]`: the edition that is one file.
#[derive(Clone, Debug, Default, JsonSchema)]
#[schemars(deny_unknown_fields)]
pub(crate) struct Single {
    /// The size, in megabytes, above which it is split.
    #[expect(dead_code, reason = "the edition that is one file will read it")]
    pub max_mb: Option<u32>,
}

/// A rule that is allowed, and why.
#[derive(Clone, Debug)]
pub(crate) struct Allowance {
    /// The rule's name.
    pub rule: Spot<String>,
    /// The reason.
    pub reason: Spot<String>,
}

/// Reads the settings of a site; a site without the file has the defaults.
pub(crate) fn read(snapshot: &Snapshot, findings: &mut Findings) -> Settings {
    let file = snapshot.find(&crate::base::path::SitePath::new(SETTINGS));
    let Some(file) = file.filter(|file| file.is_text()) else {
        return read_table(&Table::default(), None, snapshot, &mut Findings::default()).0;
    };
    let reading = crate::base::toml::read(file.id, file.text());
    findings.add_syntax_faults(reading.faults);
    read_table(&reading.table, Some(file.id), snapshot, findings).0
}

#[expect(
    clippy::too_many_lines,
    reason = "one line for each key, in the order of the contract"
)]
fn read_table(
    table: &Table,
    file: Option<FileId>,
    snapshot: &Snapshot,
    findings: &mut Findings,
) -> (Settings, Vec<&'static str>) {
    let place = file.map_or_else(|| snapshot.nowhere(), |file| Place::new(file, 0..0));
    let mut fields = Fields::new(table, place, "the settings", findings);
    let written_name = fields.optional("name");
    let slug = fields.optional::<String>("slug");
    if let Some(slug) = &slug
        && address_slug(&slug.value) != slug.value
    {
        let help = format!("write `{}`", address_slug(&slug.value));
        fields.reject(
            slug.place,
            "`slug` may only have small letters, digits and hyphens",
            help,
        );
    }
    let mut languages: Vec<Language> = fields
        .list("languages")
        .into_iter()
        .map(|spot| spot.value)
        .collect();
    if languages.is_empty() {
        languages = languages_of_folders(snapshot);
    }
    let name = SiteName::new(written_name, &languages, &mut fields);
    let slug = slug.map_or_else(
        || address_slug(&name.source().text),
        |slug| address_slug(&slug.value),
    );
    let base_url =
        web_address(&mut fields, "base_url").map(|url| format!("{}/", url.trim_end_matches('/')));
    let country = fields.optional::<String>("country");
    if let Some(country) = &country
        && country::code(&country.value) != Some(&country.value)
    {
        let code = country::code(&country.value).or_else(|| country::code_of_name(&country.value));
        fields.reject(
            country.place,
            "`country` must be the two capital letters of a country (ISO 3166)",
            format!(
                "write, for example, `country = \"{}\"`",
                code.unwrap_or("US")
            ),
        );
    }
    let setting = fields
        .optional("setting")
        .map_or(Setting::Community, |spot| spot.value);
    let editions = fields.list("editions");
    let look = group(&mut fields, "look", "`[look]`", |look| Look {
        logo: look.optional("logo"),
        accent: look.optional("accent"),
        home_link: web_address(look, "home_link"),
    });
    let publish = group(&mut fields, "publish", "`[publish]`", |publish| Publish {
        unreviewed: publish
            .optional("unreviewed")
            .map_or(Publishing::Label, |spot| spot.value),
        unchecked_translations: publish
            .optional("unchecked_translations")
            .map_or(Publishing::Label, |spot| spot.value),
        taper_figures: publish.flag("taper_figures"),
    });
    let safety = group(&mut fields, "safety", "`[safety]`", |safety| Safety {
        crisis_page: safety.optional("crisis_page"),
        stop_page: safety.optional("stop_page"),
    });
    let review = group(&mut fields, "review", "`[review]`", |review| {
        ReviewSettings {
            every: review.optional("every").map_or(12, |spot| spot.value),
            grace_days: review.optional("grace_days").map_or(30, |spot| spot.value),
        }
    });
    let html = group(&mut fields, "html", "`[html]`", |html| Html {
        allow: html.list("allow"),
    });
    let exit = group(&mut fields, "exit", "`[exit]`", |exit| Exit {
        on: exit.flag("on"),
        target: web_address(exit, "target"),
    });
    let doses = group(&mut fields, "doses", "`[doses]`", |doses| Doses {
        profile: doses.optional("profile").map(|spot| spot.value),
    });
    let single = group(&mut fields, "single", "`[single]`", |single| Single {
        max_mb: single.optional("max_mb").map(|spot| spot.value),
    });
    let allow = allowances(&mut fields);
    let extra = fields.json("extra");
    let known = fields.finish();
    let settings = Settings {
        slug: if slug.is_empty() {
            "site".to_owned()
        } else {
            slug
        },
        name,
        languages,
        base_url,
        country: country.map(|spot| spot.value),
        setting,
        editions: if editions.is_empty() {
            vec![Spot {
                value: EditionName::Web,
                place,
            }]
        } else {
            editions
        },
        look,
        publish,
        safety,
        review,
        html,
        exit,
        doses,
        single,
        allow,
        extra,
        place: file.map(|_| place),
    };
    (settings, known)
}

/// Reads a group of settings; where the group is missing, all its keys have their defaults.
fn group<T>(
    fields: &mut Fields<'_, '_>,
    key: &'static str,
    name: &'static str,
    read: impl Fn(&mut Fields<'_, '_>) -> T,
) -> T {
    let nothing = Table::default();
    let (table, place) = fields.table(key).unwrap_or((&nothing, fields.place()));
    let mut findings = Findings::default();
    let mut below = Fields::new(table, place, name, &mut findings);
    let value = read(&mut below);
    below.finish();
    fields.adopt(findings);
    value
}

fn web_address(fields: &mut Fields<'_, '_>, key: &'static str) -> Option<String> {
    let spot = fields.optional::<String>(key)?;
    let is_address = ["https://", "http://"].iter().any(|scheme| {
        let rest = spot.value.strip_prefix(scheme);
        rest.is_some_and(|rest| !rest.is_empty() && !rest.contains(char::is_whitespace))
    });
    if is_address {
        return Some(spot.value);
    }
    fields.reject(
        spot.place,
        format!("`{key}` must be a web address"),
        "start it with `https://`",
    );
    None
}

/// Reads `allow`: each rule with its reason. Whether the rules exist is checked later, where all rules are known.
pub(crate) fn allowances(fields: &mut Fields<'_, '_>) -> Vec<Allowance> {
    let Some((table, _)) = fields.table("allow") else {
        return Vec::new();
    };
    let entries = table.entries.iter().map(|(key, value)| Allowance {
        rule: Spot {
            value: key.name.clone(),
            place: key.place,
        },
        reason: Spot {
            value: String::from_value(value).unwrap_or_default(),
            place: value.place,
        },
    });
    entries.collect()
}

/// A site that names no languages has those of its folders, English first.
fn languages_of_folders(snapshot: &Snapshot) -> Vec<Language> {
    let folders = snapshot
        .below("content/")
        .filter_map(|file| file.path.as_str().split('/').nth(1));
    let mut languages: Vec<Language> = folders
        .filter_map(Language::new)
        .filter(|language| language.code().len() == 2)
        .collect();
    languages.sort_by_key(|language| (language.code() != "en", language.clone()));
    languages.dedup();
    if languages.is_empty() {
        languages.extend(Language::new("en"));
    }
    languages
}

/// Gives the JSON Schema of `stepdown.toml`.
pub(crate) fn schema() -> String {
    crate::base::schema::schema_text::<Settings>(&[])
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::base::schema::schema_keys;

    #[test]
    fn the_schema_names_the_keys_that_are_read() {
        let (_, mut known) = read_table(
            &Table::default(),
            None,
            &Snapshot::default(),
            &mut Findings::default(),
        );
        let mut named = schema_keys::<Settings>();
        known.sort_unstable();
        named.sort_unstable();
        assert_eq!(named, known);
    }
}

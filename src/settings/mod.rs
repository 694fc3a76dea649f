//! The site's settings file, `stepdown.toml`: every key with its meaning and its default.

mod name;

pub(crate) use name::NameIn;

use self::name::{SiteName, WrittenName};
use crate::base::address;
use crate::base::country;
use crate::base::language::Language;
use crate::base::nearest::nearest;
use crate::base::place::{FileId, Place, Spot};
use crate::base::slug::address_slug;
use crate::base::value::{Key, Table, Value, ValueKind};
use crate::finding::fields::{Fields, FromValue, words};
use crate::finding::rules::UNKNOWN_KEY;
use crate::finding::{Finding, Findings, did_you_mean};
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
    #[schemars(with = "WrittenName")]
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
    /// What a build makes; the usual edition if none is named. Which names there are is checked where the editions are known.
    pub(crate) editions: Vec<Spot<String>>,
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
    /// Whether some of the file could not be read, so that a setting that seems to be missing may be written after all.
    #[schemars(skip)]
    pub(crate) has_gaps: bool,
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
    let Some(readable) = file.filter(|file| file.is_text()) else {
        let settings = read_table(&Table::default(), None, snapshot, &mut Findings::default()).0;
        return Settings {
            has_gaps: file.is_some(),
            ..settings
        };
    };
    let reading = crate::base::toml::read(readable.id, readable.text());
    findings.add_syntax_faults(reading.faults);
    let settings = read_table(&reading.table, Some(readable.id), snapshot, findings).0;
    Settings {
        has_gaps: reading.has_gaps,
        ..settings
    }
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
                "write `\"{}\"`{}",
                code.unwrap_or("US"),
                if code.is_some() {
                    ""
                } else {
                    ", or the code of another country"
                }
            ),
        );
    }
    let setting = fields
        .optional("setting")
        .map_or(Setting::Community, |spot| spot.value);
    let editions = fields.list("editions");
    let mut groups = Vec::new();
    let look = group(&mut fields, "look", &mut groups, |look| Look {
        logo: look.optional("logo"),
        accent: look.optional("accent"),
        home_link: web_address(look, "home_link"),
    });
    let publish = group(&mut fields, "publish", &mut groups, |publish| Publish {
        unreviewed: publish
            .optional("unreviewed")
            .map_or(Publishing::Label, |spot| spot.value),
        unchecked_translations: publish
            .optional("unchecked_translations")
            .map_or(Publishing::Label, |spot| spot.value),
        taper_figures: publish.flag("taper_figures"),
    });
    let safety = group(&mut fields, "safety", &mut groups, |safety| Safety {
        crisis_page: safety.optional("crisis_page"),
        stop_page: safety.optional("stop_page"),
    });
    let review = group(&mut fields, "review", &mut groups, |review| {
        ReviewSettings {
            every: review.optional("every").map_or(12, |spot| spot.value),
            grace_days: review.optional("grace_days").map_or(30, |spot| spot.value),
        }
    });
    let html = group(&mut fields, "html", &mut groups, |html| Html {
        allow: html.list("allow"),
    });
    let exit = group(&mut fields, "exit", &mut groups, |exit| Exit {
        on: exit.flag("on"),
        target: web_address(exit, "target"),
    });
    let doses = group(&mut fields, "doses", &mut groups, |doses| Doses {
        profile: doses.optional("profile").map(|spot| spot.value),
    });
    let single = group(&mut fields, "single", &mut groups, |single| Single {
        max_mb: single.optional("max_mb").map(|spot| spot.value),
    });
    let mut allow = allowances(&mut fields);
    let extra = fields.json("extra");
    let (known, unknown) = fields.leave();
    groups.push(Group {
        name: TOP,
        is_written: true,
        known: known.clone(),
        unknown,
    });
    for name in OWN_WORDS {
        groups.extend(own_words(table, name));
    }
    let is_setting = |name: &str| groups.iter().any(|group| group.known.contains(&name));
    allow.retain(|allowance| !is_setting(&allowance.rule.value));
    report_unknown(&groups, findings);
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
        editions,
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
        has_gaps: false,
        place: file.map(|_| place),
    };
    (settings, known)
}

/// The keys of a table of the settings.
struct Group<'t> {
    /// The table's name, `TOP` for what stands above all tables.
    name: &'static str,
    /// The keys that are read.
    known: Vec<&'static str>,
    /// Whether the file has the table.
    is_written: bool,
    /// What is written there beside them.
    unknown: Vec<&'t (Key, Value)>,
}

/// The name of the group of keys that stand above the first line in square brackets.
const TOP: &str = "";

/// The tables whose keys are not ours: names of rules, and whatever a site's own templates need.
const OWN_WORDS: [&str; 2] = ["allow", "extra"];

/// Reads a group of settings; where the group is missing, all its keys have their defaults.
fn group<'t, T>(
    fields: &mut Fields<'t, '_>,
    key: &'static str,
    groups: &mut Vec<Group<'t>>,
    read: impl Fn(&mut Fields<'_, '_>) -> T,
) -> T {
    const NOTHING: &Table = &Table {
        entries: Vec::new(),
    };
    let written = fields.table(key);
    let (table, place) = written.unwrap_or((NOTHING, fields.place()));
    let mut findings = Findings::default();
    let mut below = Fields::new(table, place, "the settings", &mut findings);
    let value = read(&mut below);
    let (known, unknown) = below.leave();
    fields.adopt(findings);
    groups.push(Group {
        name: key,
        is_written: written.is_some(),
        known,
        unknown,
    });
    value
}

/// Gives a table whose keys are not ours.
fn own_words<'t>(table: &'t Table, name: &'static str) -> Option<Group<'t>> {
    let (_, value) = table.entries.iter().find(|(key, _)| key.name == name)?;
    let ValueKind::Table(own) = &value.kind else {
        return None;
    };
    Some(Group {
        name,
        is_written: true,
        known: Vec::new(),
        unknown: own.entries.iter().collect(),
    })
}

/// Reports keys that are not read where they stand, with the place where they are.
fn report_unknown(groups: &[Group<'_>], findings: &mut Findings) {
    for group in groups {
        let is_ours = !OWN_WORDS.contains(&group.name);
        for (key, value) in &group.unknown {
            let name = key.name.as_str();
            let mut homes = groups.iter().filter(|group| group.known.contains(&name));
            let finding = match homes.next() {
                Some(home) => misplaced(key, group, home),
                None if is_ours => unknown(key, value, group, groups),
                None => continue,
            };
            findings.push(finding);
        }
    }
}

/// Makes the finding of a key that belongs to another table: TOML takes what stands below a line in square brackets for a part of it.
fn misplaced(key: &Key, group: &Group<'_>, home: &Group<'_>) -> Finding {
    let name = &key.name;
    let message = match group.name {
        TOP => format!("`{name}` stands in no group, so it is not read"),
        group => format!("`{name}` stands below `[{group}]`, so it is not read as a setting"),
    };
    let to = match home.name {
        TOP => "up, above the first line in square brackets".to_owned(),
        name if home.is_written => format!("to the lines below `[{name}]`"),
        name => format!("to the end of the file, below a new line `[{name}]`"),
    };
    let own = if group.name == "extra" {
        "; if it is a key of your own, give it another name"
    } else {
        ""
    };
    Finding::new(&UNKNOWN_KEY, key.place, message).help(format!("move this line {to}{own}"))
}

/// Makes the finding of a key that is no setting.
fn unknown(key: &Key, value: &Value, group: &Group<'_>, groups: &[Group<'_>]) -> Finding {
    let whole = match group.name {
        TOP => "the settings".to_owned(),
        name => format!("`[{name}]`"),
    };
    let is_group = |name: &str| groups.iter().any(|group| group.name == name);
    let otherwise = || {
        if matches!(value.kind, ValueKind::Table(_)) {
            return format!("for keys of your own, write `[extra.{}]`", key.name);
        }
        let lines = group.known.iter().copied();
        let lines: Vec<&str> = lines
            .filter(|name| !is_group(name) && !OWN_WORDS.contains(name))
            .collect();
        format!("known keys are {}", lines.join(", "))
    };
    let help = did_you_mean(nearest(&key.name, group.known.iter().copied()), otherwise);
    let message = format!("`{}` is not a key of {whole}", key.name);
    Finding::new(&UNKNOWN_KEY, key.place, message).help(help)
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
    let help = match address::mended_web(&spot.value) {
        Some(mended) => format!("write `\"{mended}\"`"),
        None => {
            "write the whole address as the browser shows it; it begins with `https://`".to_owned()
        }
    };
    fields.reject(spot.place, format!("`{key}` must be a web address"), help);
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

/// Gives the JSON Schema of `stepdown.toml`, in which these editions can be named.
pub(crate) fn schema(editions: &[&str]) -> String {
    let text = crate::base::schema::schema_text::<Settings>(&[]);
    let mut schema: serde_json::Value =
        serde_json::from_str(&text).expect("the schema was just written");
    schema["properties"]["editions"]["items"]["enum"] = editions.into();
    format!("{schema:#}\n")
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

//! `serve` with real sockets and files: what is seen of a folder, what is told to pages, and what an author is shown.

use crate::support::chance::Chance;
use crate::support::program::{command, run};
use crate::support::serving::{PATIENCE, Server};
use crate::support::{HELPLINES, TODAY, article, files_below, write_files};
use std::fmt::Write as _;
use std::fs;
use std::path::Path;
use std::thread;
use std::time::{Duration, Instant};

/// A small site in two languages, with a shared text, a picture, a style and a draft.
fn write_site(folder: &Path) {
    write_files(
        folder,
        &[
            (
                "stepdown.toml",
                "name = \"Clinic\"\nslug = \"clinic\"\nlanguages = [\"en\", \"es\"]\ncountry = \"US\"\n",
            ),
            ("content/_data/helplines.toml", HELPLINES),
            ("content/_shared/en/safe.md", "Never stop suddenly.\n"),
            ("content/en/index.md", &article("", "Home.\n")),
            (
                "content/en/taper/slow.md",
                &article(
                    "",
                    "Slowly.\n\n![[safe]]\n\n![A line](line.svg)\n\n## More\n\nText.\n",
                ),
            ),
            (
                "content/en/taper/line.svg",
                "<svg xmlns=\"http://www.w3.org/2000/svg\" width=\"10\" height=\"10\"/>",
            ),
            (
                "content/en/taper/next.md",
                &article("", "See [more](slow.md).\n"),
            ),
            (
                "content/en/taper/draft.md",
                &article("draft: true\n", "Not finished.\n"),
            ),
            ("content/es/taper/slow.md", &article("", "Despacio.\n")),
            ("static/own.css", "main { color: black; }\n"),
        ],
    );
}

fn site() -> tempfile::TempDir {
    let folder = tempfile::tempdir().unwrap();
    write_site(folder.path());
    folder
}

/// Builds a folder with the program; gives the files of the web edition.
fn built(folder: &Path) -> Vec<(String, Vec<u8>)> {
    let out = tempfile::tempdir().unwrap();
    let out_path = out.path().display().to_string();
    run(folder, &["build", "--edition", "web", "--out", &out_path]).ends_with(0);
    files_below(&out.path().join("web")).into_iter().collect()
}

/// Waits until each file that a build writes is served with the same bytes; fails with what differs.
fn serves_what_is_built(server: &Server, folder: &Path) {
    let built = built(folder);
    let start = Instant::now();
    let mut left: Vec<&(String, Vec<u8>)> = built.iter().collect();
    while !left.is_empty() {
        left.retain(|(address, bytes)| {
            let answer = server.get(&format!("/{address}"));
            answer.status != 200 || answer.page() != *bytes
        });
        let names: Vec<&str> = left.iter().map(|(address, _)| address.as_str()).collect();
        assert!(
            start.elapsed() < PATIENCE,
            "served otherwise: {names:?}\n{}",
            server.said()
        );
    }
}

fn write(folder: &Path, path: &str, text: &str) {
    write_files(folder, &[(path, text)]);
}

#[test]
fn every_file_is_served_with_the_bytes_that_a_build_writes_and_nothing_is_written() {
    let folder = site();
    let before = files_below(folder.path());
    let server = Server::start(folder.path(), &[]);
    serves_what_is_built(&server, folder.path());
    assert_eq!(files_below(folder.path()), before);
    let page = server.get("/en/taper/slow.html");
    let added = &page.body[page.page().len()..];
    let added = String::from_utf8_lossy(added);
    assert_eq!(added.matches("<script").count(), 1, "{added}");
    assert!(added.ends_with("</script>\n"), "{added}");
}

#[test]
fn a_save_is_seen_however_the_editor_writes_and_whatever_else_it_leaves_behind() {
    let folder = site();
    let root = folder.path();
    let server = Server::start(root, &[]);
    let file = root.join("content/en/taper/slow.md");
    let address = "/en/taper/slow.html";

    fs::write(&file, article("", "Written in place.\n")).unwrap();
    server.shows(address, "Written in place.");

    let temporary = root.join("content/en/taper/.slow.md.part");
    fs::write(&temporary, article("", "Renamed into place.\n")).unwrap();
    fs::rename(&temporary, &file).unwrap();
    server.shows(address, "Renamed into place.");

    fs::remove_file(&file).unwrap();
    fs::write(&file, article("", "Deleted and made anew.\n")).unwrap();
    server.shows(address, "Deleted and made anew.");

    for name in [
        "slow.md~",
        ".slow.md.swp",
        "#slow.md#",
        "slow.md.bak",
        "slow.md.tmp",
    ] {
        fs::write(root.join("content/en/taper").join(name), "no page").unwrap();
    }
    fs::write(&file, article("", "With copies beside it.\n")).unwrap();
    server.shows(address, "With copies beside it.");
    serves_what_is_built(&server, root);
    assert!(!server.said().contains("slow.md~"), "{}", server.said());
}

#[test]
fn the_old_page_is_served_until_the_new_one_stands() {
    let folder = site();
    let root = folder.path();
    let server = Server::start(root, &[]);
    let written = |number: usize| article("", &format!("Save {number} of many.\n"));
    write(root, "content/en/index.md", &written(0));
    server.shows("/", "Save 0 of many.");
    for number in 1..=20 {
        // Renamed into place, so that no half of it can be read.
        write(root, "content/en/index.part", &written(number));
        let content = root.join("content/en");
        fs::rename(content.join("index.part"), content.join("index.md")).unwrap();
        let (old, new) = (number - 1, number);
        server.until(&format!("save {number}"), |server| {
            let answer = server.get("/");
            let has = |number: usize| answer.text().contains(&format!("Save {number} of many."));
            assert_eq!(answer.status, 200);
            assert!(has(old) != has(new), "{}", answer.text());
            has(new)
        });
    }
}

#[test]
fn renamed_and_moved_files_and_folders_are_seen_and_old_addresses_lead_to_new_places() {
    let folder = site();
    let root = folder.path();
    let server = Server::start(root, &[]);
    let content = root.join("content/en");
    fs::rename(
        content.join("taper/next.md"),
        content.join("taper/after.md"),
    )
    .unwrap();
    server.shows("/en/taper/after.html", "See");
    let old = server.get("/en/taper/next.html");
    assert_eq!(
        (old.status, old.header("location")),
        (302, "/en/taper/after.html")
    );
    server.says("content/en/taper/next.md is now content/en/taper/after.md");

    fs::rename(content.join("taper"), content.join("doses")).unwrap();
    server.shows("/en/doses/after.html", "See");
    for name in ["after", "slow"] {
        let old = server.get(&format!("/en/taper/{name}.html"));
        assert_eq!(old.header("location"), format!("/en/doses/{name}.html"));
    }
    let first = server.get("/en/taper/next.html");
    assert_eq!(first.header("location"), "/en/doses/after.html");

    fs::create_dir_all(content.join("new")).unwrap();
    fs::write(content.join("new/page.md"), article("", "Deep.\n")).unwrap();
    server.shows("/en/new/page.html", "Deep.");
    write(
        root,
        "content/en/taper/next.md",
        &article("", "A page is here again.\n"),
    );
    server.shows("/en/taper/next.html", "A page is here again.");
}

#[test]
fn a_thousand_files_at_once_and_a_folder_that_goes_and_comes_back_are_seen() {
    let folder = site();
    let root = folder.path();
    let server = Server::start(root, &[]);
    for number in 0..1000 {
        let text = article("", &format!("Page {number}.\n"));
        write(root, &format!("content/en/many/p{number}.md"), &text);
    }
    server.shows("/en/many/p999.html", "Page 999.");
    server.shows("/en/many/p500.html", "Page 500.");

    let (content, away) = (root.join("content"), root.join("away"));
    fs::rename(&content, &away).unwrap();
    server.shows("/en/many/p1.html", "There are no articles");
    assert_eq!(server.get("/en/many/p1.html").status, 500);
    fs::rename(&away, &content).unwrap();
    server.shows("/en/many/p1.html", "Page 1.");
    write(
        root,
        "content/en/many/p1.md",
        &article("", "Still watched.\n"),
    );
    server.shows("/en/many/p1.html", "Still watched.");

    fs::remove_dir_all(&content).unwrap();
    server.shows("/en/index.html", "There are no articles");
    write_site(root);
    server.shows("/en/taper/slow.html", "Slowly.");
    write(
        root,
        "content/en/taper/slow.md",
        &article("", "And watched.\n"),
    );
    server.shows("/en/taper/slow.html", "And watched.");
}

#[test]
fn changes_are_seen_at_intervals_too() {
    let folder = site();
    let server = Server::start(folder.path(), &["--poll"]);
    write(
        folder.path(),
        "content/en/index.md",
        &article("", "Polled.\n"),
    );
    server.shows("/", "Polled.");
}

#[test]
fn events_tell_styles_pages_and_files_apart_and_a_late_client_gets_the_newest_state() {
    let folder = site();
    let root = folder.path();
    let server = Server::start(root, &[]);
    let events = server.events();
    let number = |event: &serde_json::Value, name: &str| event[name].as_u64().unwrap();
    let first = events.wait_for("the first", |_| true);
    let version = number(&first, "version");

    write(root, "static/own.css", "main { color: blue; }\n");
    let style = events.wait_for("a style", |event| number(event, "styles") > version);
    assert_eq!(number(&style, "pages"), number(&first, "pages"));
    assert!(server.get("/own.css").text().contains("blue"));

    write(root, "content/en/index.md", &article("", "Edited.\n"));
    let page = events.wait_for("a page", |event| {
        number(event, "pages") > number(&style, "version")
    });
    assert_eq!(number(&page, "styles"), number(&style, "styles"));

    write(root, "static/own.js", "// new\n");
    events.wait_for("a new file", |event| {
        number(event, "version") > number(&page, "version")
    });
    write(root, "static/own.js", "// changed\n");
    let file = events.wait_for("a file", |event| {
        number(event, "files") > number(&page, "version")
    });

    let late = server.events().wait_for("the state now", |_| true);
    assert!(number(&late, "version") >= number(&file, "version"));
    assert_eq!(late["session"], first["session"]);
}

#[test]
fn many_streams_of_events_all_hear_of_a_change() {
    let folder = site();
    let server = Server::start(folder.path(), &[]);
    let streams: Vec<_> = (0..20).map(|_| server.events()).collect();
    let versions: Vec<u64> = streams
        .iter()
        .map(|events| {
            events.wait_for("the first", |_| true)["version"]
                .as_u64()
                .unwrap()
        })
        .collect();
    write(
        folder.path(),
        "content/en/index.md",
        &article("", "Heard.\n"),
    );
    for (events, version) in streams.iter().zip(versions) {
        events.wait_for("the change", |event| {
            event["version"].as_u64() > Some(version)
        });
    }
}

#[test]
fn the_box_has_the_findings_of_the_page_first_with_place_excerpt_help_and_a_link_to_the_editor() {
    let folder = site();
    let root = folder.path();
    write(
        root,
        "content/_shared/en/safe.md",
        "Never **stop** suddenly, see [[nowhere-at-all]].\n",
    );
    write(
        root,
        "content/en/other.md",
        &article("", "A [[missing]] page.\n"),
    );
    let server = Server::start(root, &[]);
    let found = server.findings("en/taper/slow.html");
    let here = found["here"].as_array().unwrap();
    let finding = here
        .iter()
        .find(|finding| finding["rule"] == "broken-link")
        .unwrap();
    assert_eq!(finding["path"], "content/_shared/en/safe.md");
    assert_eq!(finding["line"], 1);
    assert!(finding["help"].is_string());
    let excerpt = &finding["excerpt"];
    let (from, to) = (
        excerpt["from"].as_u64().unwrap(),
        excerpt["to"].as_u64().unwrap(),
    );
    let text: Vec<u16> = excerpt["text"].as_str().unwrap().encode_utf16().collect();
    let range = usize::try_from(from).unwrap()..usize::try_from(to).unwrap();
    assert!(String::from_utf16_lossy(&text[range]).contains("nowhere-at-all"));
    let elsewhere = found["elsewhere"].as_array().unwrap();
    assert!(
        elsewhere
            .iter()
            .any(|finding| finding["path"] == "content/en/other.md"
                && finding["page"] == "/en/other.html")
    );
    assert!(
        !here
            .iter()
            .any(|finding| finding["path"] == "content/en/other.md")
    );
    let broken = found["counts"]
        .as_array()
        .unwrap()
        .iter()
        .find(|count| count["group"] == "broken");
    assert_eq!(broken.unwrap()["errors"], 2);
    assert_eq!(found["stopped"], true);

    // The marked page has the place of each element, in the same order as the page itself.
    let marked = server.get("/en/taper/slow.html?stepdown=marked").text();
    assert!(
        marked.contains("data-sd=\"content/_shared/en/safe.md:"),
        "{marked}"
    );
    let cookie = [("Cookie", "stepdown-show=faults")];
    let page = String::from_utf8(server.ask("GET", "/en/taper/slow.html", &cookie).page()).unwrap();
    let mut plain = String::new();
    for (index, part) in marked.split(" data-sd=\"").enumerate() {
        plain.push_str(if index == 0 {
            part
        } else {
            part.split_once('"').unwrap().1
        });
    }
    assert_eq!(plain, page);
}

#[test]
fn a_link_to_the_editor_opens_the_file_at_its_line_and_only_with_the_key() {
    let folder = site();
    let root = folder.path();
    write(
        root,
        "content/en/other.md",
        &article("", "A [[missing]] page.\n"),
    );
    let note = root.join("opened");
    let script = root.join("editor.sh");
    fs::write(
        &script,
        format!(
            "#!/bin/sh\necho \"$@\" > '{}.part'\nmv '{0}.part' '{0}'\n",
            note.display()
        ),
    )
    .unwrap();
    let mut command = command(root);
    command
        .args(["serve", "--port", "0"])
        .env("PATH", "/usr/bin:/bin")
        .env(
            "STEPDOWN_EDITOR",
            format!("/bin/sh {} {{line}} {{file}}", script.display()),
        );
    let server = Server::run(command);
    let found = server.findings("en/other.html");
    let link = found["here"][0]["open"].as_str().unwrap();
    assert_eq!(server.get(link).status, 204);
    server.until("the editor was opened", |_| note.exists());
    let opened = fs::read_to_string(&note).unwrap();
    let real = root.canonicalize().unwrap().join("content/en/other.md");
    assert_eq!(opened.trim(), format!("7 {}", real.display()));

    fs::remove_file(&note).unwrap();
    let (without, _) = link.split_once("&key=").unwrap();
    assert_eq!(server.get(without).status, 403);
    assert_eq!(
        server
            .get(&link.replace("other.md", "../../stepdown.toml"))
            .status,
        404
    );
    thread::sleep(Duration::from_millis(200));
    assert!(!note.exists());
}

#[test]
fn a_site_that_cannot_be_built_shows_its_findings_and_pages_all_the_same_if_asked() {
    let folder = site();
    let root = folder.path();
    let server = Server::start(root, &[]);
    write(
        root,
        "content/en/taper/next.md",
        &article("", "See [[nowhere]].\n"),
    );
    server.shows("/en/taper/next.html", "cannot be built");
    let problem = server.get("/en/taper/next.html");
    assert_eq!(problem.status, 500);
    let text = problem.text();
    for words in [
        "nowhere",
        "content/en/taper/next.md, line 7",
        "What to do",
        "Open in your editor",
    ] {
        assert!(text.contains(words), "no {words:?} in {text}");
    }
    // When the whole site was looked at, every page says so.
    server.shows("/en/index.html", "cannot be built");
    let show = server.get("/en/taper/next.html?stepdown=show");
    assert_eq!(
        (show.status, show.header("location")),
        (302, "/en/taper/next.html")
    );
    let cookie = show
        .header("set-cookie")
        .split(';')
        .next()
        .unwrap()
        .to_owned();
    let page = server.ask("GET", "/en/taper/next.html", &[("Cookie", &cookie)]);
    assert_eq!(page.status, 200);
    assert!(page.text().contains("<main"));

    write(
        root,
        "content/en/taper/next.md",
        &article("", "See [[slow]].\n"),
    );
    server.shows("/en/taper/next.html", "<main");
    server.until("the site can be built again", |server| {
        server.get("/en/index.html").status == 200
    });
    server.says("mended: content/en/taper/next.md");

    write(root, "stepdown.toml", "name = \"Clinic\nlanguages\n");
    server.shows("/en/index.html", "stepdown.toml, line 1");
    write(
        root,
        "stepdown.toml",
        "languages = [\"en\"]\ncountry = \"US\"\n",
    );
    server.shows("/en/index.html", "Home.");

    write(root, "templates/page.html", "{% if %}");
    server.shows("/en/index.html", "the template cannot be used");
    fs::remove_file(root.join("templates/page.html")).unwrap();
    server.shows("/en/index.html", "Home.");
}

#[test]
fn the_terminal_says_what_changed_how_long_it_took_and_what_is_new_and_mended() {
    let folder = site();
    let root = folder.path();
    let server = Server::start(root, &[]);
    server.says("0 errors");
    write(
        root,
        "content/en/taper/next.md",
        &article("", "See [[nowhere]].\n"),
    );
    server.says("content/en/taper/next.md has changed: shown after ");
    server.says(" ms.");
    server.says("new: content/en/taper/next.md:7:5: there is no page `nowhere`");
    server.says("what to do: ");
    server.says("1 error,");
    fs::remove_file(root.join("content/en/taper/next.md")).unwrap();
    server.says("content/en/taper/next.md is gone");
    server.says("mended: content/en/taper/next.md: there is no page `nowhere`");
    write(root, "content/en/fresh.md", &article("", "Fresh.\n"));
    server.says("content/en/fresh.md is new");
}

#[test]
fn drafts_and_hidden_pages_are_shown_with_a_label_and_other_editions_can_be_fetched() {
    let folder = site();
    let root = folder.path();
    write(
        root,
        "stepdown.toml",
        "slug = \"clinic\"\nlanguages = [\"en\", \"es\"]\ncountry = \"US\"\n[publish]\nunreviewed = \"hide\"\nunchecked_translations = \"hide\"\n",
    );
    let server = Server::start(root, &[]);
    for (address, label, words) in [
        ("en/taper/draft.html", "draft", "This page is a draft"),
        ("en/taper/slow.html", "unreviewed", "Slowly."),
    ] {
        let page = server.get(&format!("/{address}"));
        assert_eq!(page.status, 200, "{address}");
        assert!(page.text().contains(words), "{address}");
        assert_eq!(server.findings(address)["page"]["label"], label);
    }
    assert_eq!(server.get("/en/taper/line.svg").status, 200);
    for text in [
        "Slowly. Once more.\n\n![[safe]]\n",
        "Slowly. And again.\n\n![[safe]]\n",
    ] {
        write(root, "content/en/taper/slow.md", &article("", text));
        server.shows("/en/taper/slow.html", text.lines().next().unwrap());
    }
    write(root, "content/_shared/en/safe.md", "Never stop at once.\n");
    server.shows("/en/taper/slow.html", "Never stop at once.");
    let hidden = server.findings("en/index.html")["hidden"].clone();
    let urls: Vec<&str> = hidden
        .as_array()
        .unwrap()
        .iter()
        .filter_map(|page| page["url"].as_str())
        .collect();
    assert!(urls.contains(&"/en/taper/draft.html"), "{urls:?}");
    let translation = urls
        .iter()
        .find(|url| url.starts_with("/es/taper/slow.html"))
        .unwrap();
    assert!(server.get(translation).text().contains("Despacio."));
    // The home page does not list what readers will not see.
    assert!(!server.get("/en/index.html").text().contains("draft.html"));
    serves_what_is_built(&server, root);

    let out = tempfile::tempdir().unwrap();
    let out_path = out.path().display().to_string();
    run(root, &["build", "--edition", "zip", "--out", &out_path]).ends_with(0);
    let zip = fs::read(out.path().join("clinic.zip")).unwrap();
    let edition = server.findings("en/index.html")["editions"][0].clone();
    assert_eq!(edition["file"], "clinic.zip");
    let served = server.get(edition["url"].as_str().unwrap());
    assert_eq!(served.header("content-type"), "application/zip");
    assert!(served.body == zip, "the zip edition differs");

    // A hidden translation leaves its address to the source text.
    write(
        root,
        "stepdown.toml",
        "languages = [\"en\", \"es\"]\ncountry = \"US\"\n[publish]\nunchecked_translations = \"hide\"\n",
    );
    server.shows("/es/taper/slow.html", "Slowly.");
    let hidden = "/es/taper/slow.html?stepdown=hidden";
    assert!(server.get(hidden).text().contains("Despacio."));
    let found = server.findings("es/taper/slow.html&stepdown=hidden");
    assert_eq!(found["page"]["label"], "translation");
    assert_eq!(found["page"]["path"], "content/es/taper/slow.md");

    let with_drafts = Server::start(root, &["--drafts"]);
    assert!(with_drafts.get("/en/taper/draft.html").status == 200);
    assert_eq!(
        with_drafts.findings("en/taper/draft.html")["page"]["label"],
        "draft"
    );
}

#[test]
fn http_is_spoken_as_browsers_expect() {
    let folder = site();
    let root = folder.path();
    write(root, "static/a name ü.txt", "0123456789");
    let server = Server::start(root, &[]);
    let page = server.get("/en/taper/slow.html");
    assert_eq!(page.header("content-type"), "text/html; charset=utf-8");
    assert_eq!(page.header("cache-control"), "no-store");
    assert_eq!(page.header("x-content-type-options"), "nosniff");
    let head = server.ask("HEAD", "/en/taper/slow.html", &[]);
    assert_eq!((head.status, head.body.len()), (200, 0));
    assert_eq!(head.header("content-length"), page.body.len().to_string());
    let same = [("If-None-Match", page.header("etag"))];
    assert_eq!(server.ask("GET", "/en/taper/slow.html", &same).status, 304);
    for (address, target) in [("/en/taper", "/en/taper/"), ("/en", "/en/")] {
        let moved = server.get(address);
        assert_eq!((moved.status, moved.header("location")), (302, target));
    }
    assert_eq!(
        server.get("/en/taper/").page(),
        server.get("/en/taper/index.html").page()
    );
    let text = built(root)
        .into_iter()
        .find(|(address, _)| address.ends_with(".txt"))
        .unwrap()
        .0;
    let part = server.ask(
        "GET",
        &format!("/{}", text.replace(' ', "%20").replace('ü', "%C3%BC")),
        &[("Range", "bytes=2-4")],
    );
    assert_eq!((part.status, part.text().as_str()), (206, "234"));
    assert_eq!(part.header("content-range"), "bytes 2-4/10");
    assert_eq!(server.get("/%65n/taper/slow.html").page(), page.page());
    let missing = server.get("/en/nothing.html");
    assert_eq!(missing.status, 404);
    assert!(missing.text().contains("There is no page at this address"));
    assert_eq!(server.get("/404.html").status, 200);
    let post = server.ask("POST", "/", &[("Content-Length", "0")]);
    assert_eq!((post.status, post.header("allow")), (405, "GET, HEAD"));
    let host = server.send(b"GET / HTTP/1.1\r\nHost: evil.example\r\nConnection: close\r\n\r\n");
    assert_eq!(host.status, 421);
}

#[test]
fn no_path_leaves_the_site() {
    let folder = site();
    let root = folder.path();
    fs::write(root.join("secret.txt"), "secret").unwrap();
    fs::write(root.join("content/_data/secret.toml"), "secret = 1\n").unwrap();
    #[cfg(unix)]
    {
        std::os::unix::fs::symlink(root.join("secret.txt"), root.join("static/link.txt")).unwrap();
        std::os::unix::fs::symlink("/etc", root.join("static/etc")).unwrap();
    }
    let server = Server::start(root, &[]);
    for path in [
        "/../secret.txt",
        "/en/../../secret.txt",
        "/%2e%2e/secret.txt",
        "/en/%2e%2e%2f%2e%2e%2fsecret.txt",
        "/..%5csecret.txt",
        "/en/..\\..\\secret.txt",
        "/secret.txt",
        "/secret.txt%00.html",
        "/stepdown.toml",
        "/content/en/index.md",
        "/content/_data/secret.toml",
        "/_data/secret.toml",
        "/link.txt",
        "/etc/passwd",
        "//etc/passwd",
        "/.stepdown/../secret.txt",
        "/.stepdown/open?path=../secret.txt",
        "/%ff%fe",
        "/%zz",
    ] {
        let answer = server.get(path);
        assert!(
            answer.status >= 400 || answer.status == 302,
            "{path}: {}",
            answer.status
        );
        assert!(
            !answer.text().contains("root:x:") && !answer.text().contains("secret = 1"),
            "{path}"
        );
        assert_ne!(answer.text().trim(), "secret", "{path}");
    }
    // A file that becomes a link after it was read is not followed.
    #[cfg(unix)]
    {
        write(root, "static/plain.txt", "plain");
        server.shows("/plain.txt", "plain");
        fs::remove_file(root.join("static/plain.txt")).unwrap();
        std::os::unix::fs::symlink(root.join("secret.txt"), root.join("static/plain.txt")).unwrap();
        for _ in 0..50 {
            assert!(!server.get("/plain.txt").text().contains("secret"));
        }
    }
}

#[test]
fn a_busy_port_is_named_and_the_next_one_is_offered() {
    let folder = site();
    let server = Server::start(folder.path(), &[]);
    let port = server.port.to_string();
    let second = run(folder.path(), &["serve", "--port", &port]).ends_with(2);
    second.says(&[&format!("port {port} is in use"), "stepdown serve --port "]);
}

#[cfg(target_os = "linux")]
#[test]
fn the_browser_is_opened_at_the_address_of_the_site() {
    let folder = site();
    let tools = tempfile::tempdir().unwrap();
    let (tool, note) = (tools.path().join("xdg-open"), tools.path().join("opened"));
    let script = format!(
        "#!/bin/sh\necho \"$@\" > '{0}.part'\nmv '{0}.part' '{0}'\n",
        note.display()
    );
    fs::write(&tool, script).unwrap();
    fs::set_permissions(&tool, std::os::unix::fs::PermissionsExt::from_mode(0o755)).unwrap();
    let mut command = command(folder.path());
    command
        .args(["serve", "--port", "0", "--open"])
        .env("PATH", format!("{}:/usr/bin:/bin", tools.path().display()));
    let server = Server::run(command);
    server.until("the browser was opened", |_| note.exists());
    let opened = fs::read_to_string(&note).unwrap();
    assert_eq!(opened.trim(), format!("http://127.0.0.1:{}/", server.port));
}

#[test]
fn an_address_for_the_network_is_named_with_a_warning() {
    let folder = site();
    let server = Server::start(folder.path(), &["--host", "0.0.0.0"]);
    server.says("Warning: everyone in this network can read it now");
    assert_eq!(server.get("/").status, 200);
    let alone = Server::start(folder.path(), &[]);
    assert!(!alone.said().contains("Warning"));
}

#[cfg(unix)]
#[test]
fn it_ends_at_once_when_it_is_interrupted() {
    let folder = site();
    let mut server = Server::start(folder.path(), &[]);
    let _events = server.events();
    let process = server.process().to_string();
    let kill = std::process::Command::new("/bin/sh")
        .args(["-c", "kill -INT \"$0\"", &process])
        .status();
    assert!(kill.unwrap().success());
    assert!(
        server.ends_within(Duration::from_secs(1)),
        "{}",
        server.said()
    );
}

/// The names that random edits use; few, so that they meet.
const NAMES: [&str; 6] = ["alpha", "beta", "gamma", "delta", "slow", "index"];
const FOLDERS: [&str; 3] = ["", "taper/", "other/"];

fn random_path(chance: &mut Chance) -> String {
    let language = chance.one_of(&["en", "en", "es"]);
    format!(
        "content/{language}/{}{}.md",
        chance.one_of(&FOLDERS),
        chance.one_of(&NAMES)
    )
}

fn random_text(chance: &mut Chance) -> String {
    let words = ["slow", "taper", "calm", "plan", "sleep", "help"];
    let mut text = String::new();
    for _ in 0..chance.below(4) {
        let (word, number) = (chance.one_of(&words), chance.below(9));
        let name = chance.one_of(&NAMES);
        let _ = write!(
            text,
            "## {word} {number}\n\nSome text, see [[{name}]].\n\n![[safe]]\n\n"
        );
    }
    let keys = chance.one_of(&[
        "",
        "",
        "",
        "draft: true\n",
        "order: 2\n",
        "aliases: [calm plan]\n",
    ]);
    article(keys, &format!("{text}The end.\n"))
}

/// Does one random thing to a site's folder.
fn random_edit(root: &Path, chance: &mut Chance) {
    let (one, other) = (
        root.join(random_path(chance)),
        root.join(random_path(chance)),
    );
    let text = random_text(chance);
    for file in [&one, &other] {
        fs::create_dir_all(file.parent().unwrap()).unwrap();
    }
    // Each of these may fail where there is nothing to work on.
    match chance.below(12) {
        0..=3 => fs::write(&one, text).ok(),
        4 => fs::rename(&one, &other).ok(),
        5 => fs::remove_file(&one).ok(),
        6 => fs::write(&one, &text.as_bytes()[..chance.below(text.len())]).ok(),
        7 => fs::write(
            &one,
            [b"---\ntitle: [".as_slice(), &[0xff, 0xfe, 0]].concat(),
        )
        .ok(),
        8 => fs::write(
            root.join("content/_shared/en/safe.md"),
            format!("Never {}.\n", chance.below(99)),
        )
        .ok(),
        9 => fs::write(
            root.join("static/own.css"),
            format!("main {{ order: {}; }}\n", chance.below(99)),
        )
        .ok(),
        10 => {
            let (from, to) = (root.join("content/en/other"), root.join("content/en/moved"));
            fs::rename(&from, &to)
                .or_else(|_| fs::rename(&to, &from))
                .ok()
        }
        _ => {
            let part = one.with_extension("md.part");
            fs::write(&part, text)
                .and_then(|()| fs::rename(&part, &one))
                .ok()
        }
    };
}

#[test]
fn after_a_thousand_random_edits_each_page_is_the_one_that_a_build_writes() {
    let folder = site();
    let root = folder.path();
    let server = Server::start(root, &[]);
    let mut chance = Chance::new(20_261_123);
    for round in 0..5 {
        for edit in 0..200 {
            random_edit(root, &mut chance);
            if edit % 7 == 0 {
                thread::sleep(Duration::from_millis(
                    u64::try_from(chance.below(25)).unwrap(),
                ));
            }
            if edit % 20 == 0 {
                assert_ne!(server.get("/en/index.html").status, 0, "round {round}");
            }
        }
        mend(root);
        serves_what_is_built(&server, root);
    }
    assert!(
        !server.said().contains("made a mistake"),
        "{}",
        server.said()
    );
}

/// Takes away or mends what a build would stop for.
fn mend(root: &Path) {
    for _ in 0..20 {
        let check = run(root, &["check", "--format", "json", "--today", TODAY]);
        let errors: Vec<serde_json::Value> = check
            .out
            .lines()
            .map(|line| serde_json::from_str(line).unwrap())
            .filter(|finding: &serde_json::Value| finding["severity"] == "error")
            .collect();
        if errors.is_empty() {
            return;
        }
        for error in errors {
            let file = root.join(error["path"].as_str().unwrap());
            fs::write(file, article("", "Mended.\n")).ok();
        }
    }
    panic!("the site could not be mended");
}

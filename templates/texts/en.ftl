# The words of the pages that no author writes. One file for each language; English is complete, and stands in where another language lacks a text.
# {"{emergency}"} and the like are filled in as in articles.

# -- Every page
skip-link = Skip to the text
strip-label = Help in danger
strip = In danger? Call {"{emergency}"}. Thinking of suicide? Call {"{crisis}"}.
strip-custody = In danger, or thinking of suicide? Tell the nearest member of staff now, or press your call button.
home = Home
breadcrumb-label = You are here
languages-label = Languages
language-name = English
language-of-page = This text is in English
footer-label = About this library
home-link = Back to our website
a-to-z = A to Z
print-hint = You can take this page with you on paper.
print-button = Print this page
close = Close
exit = Leave this site
exit-prefix = Emergency:
exit-two = Press Shift 2 more times to leave this site.
exit-one = Press Shift 1 more time to leave this site.
exit-stopped = You stayed on this site.
exit-leaving = Loading
redirect-text = This page has moved. Go to its new place.
ask-care-team = ask your care team
leads-to-helplines = for now: phone numbers
see = { $name }: see
unknown-page-title = This page is not here
unknown-page-text = The address may have changed. You can find all pages from A to Z.
unknown-page-lost = The address may have changed. Go back to the page before, or open the first page of this library.

# -- Search; the words in braces are filled in by the page itself
search = Search
search-label = Search this library
search-results = Search results
search-words = You searched for: {"{words}"}
search-count = Pages found: {"{count}"}
search-none = No page found.
search-more = Show more pages
search-corrected = No page has the word “{"{word}"}”. These are the pages for “{"{meant}"}”.
search-meant = Did you mean: {"{meant}"} No page has the word “{"{word}"}”.
search-missing = No page is about the medicine “{"{word}"}”.
search-empty = Write a word or two.
search-busy = Searching …
search-back = Back to the page
search-failed = The search could not be opened. Please try again. All pages are in the list from A to Z.
search-again = Try again

# -- Labels above the text
program = A computer program
from-source = { $source ->
    [ar] from Arabic
    [en] from English
    [es] from Spanish
   *[other] from another language
}
in-source = { $source ->
    [ar] in Arabic
    [en] in English
    [es] in Spanish
   *[other] in another language
}
label-program = A computer program wrote this page.
label-program-sources = A computer program wrote this page from the sources below.
label-program-translated = A computer program translated this page { from-source }.
label-program-both = A computer program wrote this page and translated it { from-source }.
label-program-both-sources = A computer program wrote this page from the sources below and translated it { from-source }.
label-program-parts = A computer program wrote parts of this page.
label-translated = This page was translated { from-source }.
label-unreviewed = No clinician has checked this page yet.
label-unreviewed-it = No clinician has checked it yet.
label-unchecked-translation = Nobody has checked the translation yet.
label-unchecked-both = No clinician has checked it yet, and nobody has checked the translation.
label-ask = Talk with your own clinician before you change anything.
label-draft = This page is a draft. It is not finished.
label-archived = This page is kept for the record only. It is no longer kept up to date.
label-replaced = A newer page has taken the place of this one:
label-fallback = This page is not yet translated. The text below is { in-source }.
label-text = A computer program translated this. Nobody has checked it yet.
source-text = Original text { in-source }

# -- Parts of a page
key-points = Key points
words = Words on this page
past-due = This copy was due for checking in { $month }. The emergency advice still applies. Do not stop your medicine because of this notice.
next = What to do next
sources = Sources
review = About this page
related = Related pages
contents = In this part
none-reviewed = No page here has been reviewed yet.
none-reviewed-help = If you need help now:
footnotes = Notes
footnote-mark = Note { $number }
footnote-back = Back to the text
citation-label = Source { $number }
education = This page is education, not medical advice. It helps you talk with your own clinician and cannot know your situation.
reviewed-on = Last reviewed on { $date } by { $people }.
review-due = Due for review on { $date }.
updated-on = Last changed on { $date }.
written-by = Written by { $people }.
contributed-by = With contributions by { $people }.
translated-by = Translated by { $people }.
translation-checked-by = Translation checked by { $people }.
comma = ,
source-checked = looked at on { $date }
source-not-read = named from general knowledge, its text was not read for this library

# -- Callouts: the title where an author wrote none, and the words for ears before it
callout-emergency = Call {"{emergency}"} now
callout-urgent = Get help today
callout-nonurgent = Ask your prescriber or pharmacist
callout-steps = What to do, step by step
callout-important = Important
callout-note = Good to know
callout-do = Do
callout-dont = Do not
callout-questions = Questions to ask
callout-story = One person's story
callout-more = More about this
callout-choices = What do you need?
callout-stages = Step by step
callout-prefix-emergency = Immediate action required:
callout-prefix-urgent = Urgent advice:
callout-prefix-nonurgent = Advice:
callout-prefix-steps = {""}
callout-prefix-important = Important:
callout-prefix-note = Information:
callout-prefix-do = {""}
callout-prefix-dont = {""}
callout-prefix-questions = {""}
callout-prefix-story = Story:
callout-prefix-more = {""}
dont-prefix = do not
# Items that begin with one of these words say it themselves and get no word before them.
dont-negations = don't, dont, do not, never, not, no, nothing, none, nobody, neither, avoid, cannot, can't, must not, should not, shouldn't, you must not, you should not, please do not, please don't, please never, please avoid

# -- Words that stand in where a number or name is missing
stand-in-emergency = your local emergency number
stand-in-crisis = a crisis line
stand-in-poison = your local poison line
stand-in-center-name = your treatment center
stand-in-center-phone = a doctor
stand-in-center-after-hours = your clinic's night number
stand-in-center-address = your treatment center
stand-in-center-email = your treatment center
stand-in-center-website = your treatment center's website
call-or-text = { $call } (or { $text })

# -- Pages made from data
title-a-to-z = A to Z
title-glossary = Words explained
title-helplines = Phone numbers for help
title-sources = Sources
title-people = Who writes and reviews
lead-a-to-z = { $count ->
    [one] The one page of this library and its other names.
   *[other] All { $count } pages of this library and their other names, in alphabetical order.
}
lead-glossary = What the words in this library mean.
lead-helplines = In danger, call {"{emergency}"}. The numbers for your country come first.
lead-sources = The guidelines, labels and studies that the pages of this library rest on.
sources-none = No page names a source yet.
checked-day = on { $date }
checked-days = between { $first } and { $last }
checked-called = We called or texted { $amount ->
    [all] these numbers
   *[some] some of these numbers
}{ $when }.
checked-own-site = We read { $amount ->
    [all] these numbers
   *[some] some of these numbers
} on each service's own website{ $when }.
checked-saved-page = We read { $amount ->
    [all] these numbers
   *[some] some of these numbers
} in a saved copy of each service's own page{ $when }.
checked-third-party = Some numbers (marked *) we read{ $when } on a page about the service, for example of a government or a partner, not on the service's own page.
checked-general = { $amount ->
    [all] Emergency numbers are
   *[some] Some emergency numbers are
} widely published and carry no date.
checked-advice = If a number does not work, use the emergency number in an emergency, and tell us.
center-publishes = { $name }, a treatment provider, publishes these pages
center-publishes-unnamed = A treatment provider publishes these pages
center-after-hours = at night and on weekends
center-line-clinical = Answered by clinical staff.
center-line-admissions = This line is for admissions. It does not give medical advice, by day or at night.
lead-people = Who writes, translates and reviews the pages of this library.
people-program-all = A computer program wrote all pages of this library.
people-program-some = A computer program wrote some pages of this library. Each of them says so.
people-program-translated = A computer program translated pages of this library { from-source }. Each of them says so.
people-reviewed-none = No clinician has checked any page of this library yet.
people-reviewed-some = Clinicians have checked some pages of this library. Each of them says at its end who checked it and when.
people-reviewed-all = Clinicians have checked all pages of this library that give health information. Each of them says at its end who checked it and when.
people-none = No person is named here yet.

# -- Tables made from data
medicine = Medicine
medicine-acting = How long it acts
medicine-half-life = Half-life
medicine-use = Mainly used for
medicines-caption = Medicines and how long they act
medicines-remark = Sources do not fully agree on which medicines are short-acting or long-acting. This table says nothing about doses. Your prescriber sets the steps with you. The words beside each name say which warning about seizures after a sudden stop is meant for that medicine.
acting-short = short
acting-intermediate = in between
acting-long = long
acting-unknown = not known
warning-fast = leaves the body fast
warning-longer = longer-acting
warning-ask = not known: act as if it leaves the body fast, and ask a pharmacist
symptom = What you may notice
what-to-do = What to do
symptom-course = How it usually goes
symptoms-emergency-now = Call {"{emergency}"} now
symptoms-emergency-note = Thoughts of suicide have their own line, {"{crisis}"}, unless you are about to act or have already taken too much: then {"{emergency}"}.
symptoms-call-prescriber = Tell the doctor or nurse who prescribes it
symptoms-self-care = Look after yourself, and mention it at your next visit
symptoms-remark = A clinician has not checked this list yet. It is not complete, and having a symptom from it does not prove that withdrawal is the cause. If anything is sudden, severe or frightening, ask for help sooner.

# -- Diagrams: the words inside the drawing end in -short, the text beside it is numbered
chart-time = time
path-of-care-title = From the first talk to life afterward
path-of-care-1-short = Talk with a prescriber
path-of-care-2-short = Look at everything together
path-of-care-3-short = Choose together
path-of-care-4-short = Support alongside
path-of-care-5-short = Stay in touch
path-of-care-exit-short = At any point: hospital care, crisis help
path-of-care-1 = You talk with a prescriber about how the medicine helps and what worries you.
path-of-care-2 = Together you look at your health, your other medicines and your life.
path-of-care-3 = You choose together: stay on it with regular reviews, go down to a lower dose, or taper until you stop.
path-of-care-4 = You get support along the way: therapy, help with sleep, counseling, people who have been through it.
path-of-care-5 = Afterward you stay in touch, and someone checks in with you.
path-of-care-remark = You can always go back a step, and a pause is normal. If it gets dangerous, hospital care and crisis help are there at every point.
taper-idea-title = The idea of a taper: an illustration only, not a dosing schedule
taper-idea-up = amount
taper-idea-short = An illustration only, not a dosing schedule
taper-idea-first-short = uneven steps, a pause, one step slowed down
taper-idea-second-short = smaller steps near the end
taper-idea-1 = The dose goes down in small steps, never in one fall.
taper-idea-2 = Between the steps it stays level, for as long as the body needs.
taper-idea-3 = A step that is too hard is made smaller, or waits.
taper-idea-4 = Near the end the steps often get smaller.
taper-idea-remark = There are no amounts and no dates here, because they are different for each person. Your prescriber sets the steps with you.
half-life-title = Half-life: the idea only, not a measure of your medicine
half-life-up = level in the body
half-life-first-short = short-acting: can wear off between doses
half-life-second-short = long-acting: can build up
half-life-1 = A short-acting medicine leaves the body quickly. It can wear off before the next dose.
half-life-2 = A long-acting medicine falls slowly. A little is left from each dose, so it can build up.
half-life-table = What is left after each half-life
half-life-passed = Half-lives that have passed
half-life-left = Share of the medicine that is left
half-life-remark = This is the idea, not a measure of your own medicine. A half-life can be hours or days.

# -- Countries
country-us = United States
country-gb = United Kingdom
country-ie = Ireland
country-ca = Canada
country-au = Australia
country-nz = New Zealand
country-eu = European Union
country-es = Spain
country-mx = Mexico
country-fr = France
country-de = Germany
country-pr = Puerto Rico
country-xx = Any country

# -- The copy to take away
start-here-text = This is a copy of the library that works without a network. Open it in your language:
start-here-open = Open the library in English
readme =
    { $name }

    This is a complete copy of this library, with its texts as they were on { $date }.
    It is for reading at home: it needs no internet, and nothing has to be installed.

    To open it:
    1. If it came as a zip file, first take all files out of that.
       On Windows, click the zip file with the right button and choose "Extract All".
       On a Mac, double-click it. On a phone or tablet, tap it in the app for files.
    2. Open the folder, and in it the file START-HERE.html. It opens in your browser.

    This copy does not change by itself. If you would like a newer one, ask whoever gave it to you.

    For whoever runs a website: copy the whole folder to the server. It works at any address.

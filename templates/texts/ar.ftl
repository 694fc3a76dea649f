# نصوص الصفحات التي لا يكتبها أي مؤلف. ملف واحد لكل لغة؛ الإنجليزية كاملة، وتحل محل ما ينقص في لغة أخرى.
# تُملأ {"{emergency}"} وما يشبهها كما في المقالات.
# النص العربي مسودة. يجب أن يقرأه شخص لغته الأم العربية قبل نشره.

# -- كل الصفحات
skip-link = الانتقال إلى النص
strip-label = المساعدة عند الخطر
strip = هل أنت في خطر؟ اتصل على {"{emergency}"}. هل تفكّر في الانتحار؟ تواصل مع {"{crisis}"}.
strip-custody = هل أنت في خطر، أو تفكّر في الانتحار؟ أخبر الآن أقرب شخص من العاملين هنا، أو اضغط زر النداء.
home = الرئيسية
breadcrumb-label = أنت هنا
languages-label = اللغات
language-name = العربية
language-of-page = هذا النص باللغة العربية
footer-label = عن هذه المكتبة
home-link = العودة إلى موقعنا
a-to-z = من الألف إلى الياء
print-hint = يمكنك أن تأخذ هذه الصفحة معك على الورق.
print-button = اطبع هذه الصفحة
close = إغلاق
exit = غادر هذا الموقع
exit-prefix = طوارئ:
exit-two = اضغط مفتاح Shift مرتين أخريين لمغادرة هذا الموقع.
exit-one = اضغط مفتاح Shift مرة أخرى لمغادرة هذا الموقع.
exit-stopped = بقيت في هذا الموقع.
exit-leaving = جارٍ التحميل
redirect-text = انتقلت هذه الصفحة. اذهب إلى مكانها الجديد.
ask-care-team = اسأل فريق الرعاية الخاص بك
leads-to-helplines = حاليًا: أرقام هاتف
see = { $name }: انظر
unknown-page-title = هذه الصفحة ليست هنا
unknown-page-text = ربما تغيّر العنوان. يمكنك أن تجد كل الصفحات من الألف إلى الياء.
unknown-page-lost = ربما تغيّر العنوان. عد إلى الصفحة السابقة، أو افتح الصفحة الأولى من هذه المكتبة.

# -- البحث؛ الكلمات بين الأقواس تملؤها الصفحة نفسها
search = بحث
search-label = البحث في هذه المكتبة
search-results = نتائج البحث
search-words = بحثت عن: {"{words}"}
search-count = عدد الصفحات: {"{count}"}
search-none = لم نجد أي صفحة.
search-more = عرض صفحات أخرى
search-corrected = لا توجد كلمة «{"{word}"}» في أي صفحة. هذه هي الصفحات عن «{"{meant}"}».
search-meant = لا توجد كلمة «{"{word}"}» في أي صفحة. هل تقصد:
search-missing = لا توجد صفحة عن الدواء «{"{word}"}».
search-empty = اكتب كلمة أو كلمتين.
search-busy = جارٍ البحث …
search-back = العودة إلى الصفحة
search-failed = تعذّر فتح البحث. حاول مرة أخرى. جميع الصفحات موجودة في القائمة الأبجدية.
search-again = حاول مرة أخرى

# -- تنبيهات فوق النص
program = برنامج حاسوبي
from-source = { $source ->
    [ar] من العربية
    [en] من الإنجليزية
    [es] من الإسبانية
   *[other] من لغة أخرى
}
in-source = { $source ->
    [ar] باللغة العربية
    [en] باللغة الإنجليزية
    [es] باللغة الإسبانية
   *[other] بلغة أخرى
}
label-program = كتب هذه الصفحة برنامج حاسوبي.
label-program-sources = كتب هذه الصفحة برنامج حاسوبي اعتمادًا على المصادر المذكورة أدناه.
label-program-translated = ترجم هذه الصفحة { from-source } برنامج حاسوبي.
label-program-both = كتب هذه الصفحة برنامج حاسوبي وترجمها { from-source }.
label-program-both-sources = كتب هذه الصفحة برنامج حاسوبي اعتمادًا على المصادر المذكورة أدناه، وترجمها { from-source }.
label-program-parts = كتب برنامج حاسوبي أجزاءً من هذه الصفحة.
label-translated = هذه الصفحة مترجمة { from-source }.
label-unreviewed = لم يراجع هذه الصفحة أي مختص سريري بعد.
label-unreviewed-it = لم يراجعها أي مختص سريري بعد.
label-unchecked-translation = لم يراجع أحد الترجمة بعد.
label-unchecked-both = لم يراجعها أي مختص سريري بعد، ولم يراجع أحد الترجمة.
label-ask = تحدّث مع الطبيب أو المختص الذي يتابع حالتك قبل أن تغيّر أي شيء.
label-draft = هذه الصفحة مسودة. لم تكتمل بعد.
label-archived = هذه الصفحة محفوظة للتوثيق فقط. لم تعد تُحدَّث.
label-replaced = حلّت محل هذه الصفحة صفحة أحدث:
label-fallback = لم تُترجم هذه الصفحة بعد. النص أدناه { in-source }.
label-text = ترجمة آلية لم يراجعها أحد بعد.
source-text = النص الأصلي { in-source }

# -- أجزاء الصفحة
key-points = النقاط الأساسية
words = كلمات هذه الصفحة
past-due = كان موعد مراجعة هذه النسخة في { $month }. نصائح الطوارئ ما زالت صحيحة. لا توقف دواءك بسبب هذا التنبيه.
next = الخطوة التالية
sources = المصادر
review = عن هذه الصفحة
related = صفحات ذات صلة
contents = في هذا القسم
none-reviewed = لم تُراجَع أي صفحة هنا بعد.
none-reviewed-help = إذا كنت تحتاج إلى المساعدة الآن:
footnotes = ملاحظات
footnote-mark = ملاحظة { $number }
footnote-back = العودة إلى النص
citation-label = المصدر { $number }
education = هذه الصفحة للتثقيف، وليست نصيحة طبية. تساعدك على التحدث مع الطبيب أو المختص الذي يتابع حالتك، ولا يمكنها أن تعرف وضعك.
reviewed-on = آخر مراجعة: { $date }، المراجعة: { $people }.
review-due = موعد المراجعة القادمة: { $date }.
updated-on = آخر تعديل: { $date }.
written-by = الكتابة: { $people }.
contributed-by = بمشاركة { $people }.
translated-by = ترجمة { $people }.
translation-checked-by = راجع الترجمة { $people }.
comma = ،
source-checked = تاريخ الاطلاع: { $date }
source-not-read = ذُكر اعتمادًا على المعرفة العامة، ولم يُقرأ نصه من أجل هذه المكتبة

# -- المربعات: العنوان حين لا يكتب المؤلف عنوانًا، والكلمات التي تسبقه لمن يستمع
callout-emergency = اتصل على {"{emergency}"} الآن
callout-urgent = اطلب المساعدة اليوم
callout-nonurgent = اسأل من يصف لك الدواء أو الصيدلي
callout-steps = ماذا تفعل، خطوة بخطوة
callout-important = مهم
callout-note = من المفيد أن تعرف
callout-do = افعل
callout-dont = لا تفعل
callout-questions = أسئلة يمكنك طرحها
callout-story = قصة شخص واحد
callout-more = المزيد عن هذا
callout-choices = ماذا تحتاج؟
callout-stages = خطوة بخطوة
callout-prefix-emergency = يلزم التصرف فورًا:
callout-prefix-urgent = نصيحة عاجلة:
callout-prefix-nonurgent = نصيحة:
callout-prefix-steps = {""}
callout-prefix-important = مهم:
callout-prefix-note = معلومة:
callout-prefix-do = {""}
callout-prefix-dont = {""}
callout-prefix-questions = {""}
callout-prefix-story = قصة:
callout-prefix-more = {""}
dont-prefix = لا
dont-negations = لا, لن, ليس, أبدا, أبدًا, إياك, إيّاك, تجنب, تجنّب, ممنوع, يمنع, يُمنع, يحظر, يُحظر, من فضلك لا, يرجى عدم, يُرجى عدم

# -- كلمات تحل محل رقم أو اسم ناقص
stand-in-emergency = رقم الطوارئ في منطقتك
stand-in-crisis = أحد خطوط دعم الأزمات
stand-in-poison = خط معلومات السموم في منطقتك
stand-in-center-name = مركز علاجك
stand-in-center-phone = طبيب
stand-in-center-after-hours = الرقم الليلي لعيادتك
stand-in-center-address = مركز علاجك
stand-in-center-email = مركز علاجك
stand-in-center-website = موقع مركز علاجك على الإنترنت
call-or-text = { $call } (أو { $text })

# -- صفحات مصنوعة من البيانات
title-a-to-z = من الألف إلى الياء
title-glossary = شرح الكلمات
title-helplines = أرقام هاتف للمساعدة
title-sources = المصادر
title-people = من يكتب ومن يراجع
lead-a-to-z = { $count ->
    [zero] لا توجد صفحات في هذه المكتبة بعد.
    [one] الصفحة الوحيدة في هذه المكتبة وأسماؤها الأخرى.
    [two] صفحتا هذه المكتبة وأسماؤهما الأخرى.
    [few] كل الصفحات الـ { $count } في هذه المكتبة وأسماؤها الأخرى، بالترتيب الأبجدي.
    [many] كل صفحات هذه المكتبة وعددها { $count } وأسماؤها الأخرى، بالترتيب الأبجدي.
   *[other] كل صفحات هذه المكتبة وعددها { $count } وأسماؤها الأخرى، بالترتيب الأبجدي.
}
lead-glossary = معاني الكلمات في هذه المكتبة.
lead-helplines = عند الخطر، اتصل على {"{emergency}"}. تظهر أرقام بلدك أولًا.
lead-sources = الإرشادات والنشرات الرسمية للأدوية والدراسات التي تستند إليها صفحات هذه المكتبة.
checked-day = في { $date }
checked-days = بين { $first } و{ $last }
checked-called = { $amount ->
    [all] اتصلنا بهذه الأرقام أو راسلناها
   *[some] اتصلنا ببعض هذه الأرقام أو راسلناها
}{ $when }.
checked-own-site = { $amount ->
    [all] قرأنا هذه الأرقام
   *[some] قرأنا بعض هذه الأرقام
} على موقع كل خدمة{ $when }.
checked-saved-page = { $amount ->
    [all] قرأنا هذه الأرقام
   *[some] قرأنا بعض هذه الأرقام
} في نسخة محفوظة من صفحة كل خدمة{ $when }.
checked-third-party = بعض الأرقام (المميزة بعلامة *) قرأناها{ $when } في صفحة تتحدث عن الخدمة، مثل صفحة جهة حكومية أو شريكة، لا في صفحة الخدمة نفسها.
checked-general = { $amount ->
    [all] أرقام الطوارئ
   *[some] بعض أرقام الطوارئ
} منشورة في أماكن كثيرة ولا تحمل تاريخًا.
checked-advice = إذا لم يعمل أحد الأرقام، فاتصل برقم الطوارئ في حالة الطوارئ، وأخبرنا.
center-publishes = { $name } جهة تقدم العلاج، وهي التي تنشر هذه الصفحات
center-publishes-unnamed = جهة تقدم العلاج تنشر هذه الصفحات
center-after-hours = ليلًا وفي عطلة نهاية الأسبوع
center-line-clinical = يرد عليك طاقم طبي.
center-line-admissions = هذا الخط لطلبات الالتحاق بالعلاج. لا يقدم نصائح طبية، لا نهارًا ولا ليلًا.
lead-people = من يكتب صفحات هذه المكتبة ويترجمها ويراجعها.
people-program-all = كتب برنامج حاسوبي جميع صفحات هذه المكتبة.
people-program-some = كتب برنامج حاسوبي بعض صفحات هذه المكتبة، وكل صفحة منها تذكر ذلك.
people-program-translated = ترجم برنامج حاسوبي صفحات من هذه المكتبة { from-source }، وكل صفحة منها تذكر ذلك.
people-reviewed-none = لم يراجع أي مختص سريري أي صفحة من هذه المكتبة بعد.
people-reviewed-some = راجع مختصون سريريون بعض صفحات هذه المكتبة، وكل صفحة منها تذكر في نهايتها من راجعها ومتى.
people-reviewed-all = راجع مختصون سريريون جميع صفحات هذه المكتبة التي تقدّم معلومات صحية، وكل صفحة منها تذكر في نهايتها من راجعها ومتى.
people-none = لا يُذكر هنا اسم أي شخص بعد.

# -- جداول مصنوعة من البيانات
medicine = الدواء
medicine-acting = مدة مفعوله
medicine-half-life = عمر النصف
medicine-use = أكثر ما يُستخدم له
medicines-caption = الأدوية ومدة مفعولها
medicines-remark = لا تتفق المصادر تمامًا على الأدوية التي تُعد قصيرة المفعول أو طويلة المفعول. لا يذكر هذا الجدول شيئًا عن الجرعات. من يصف لك الدواء يحدد الخطوات معك. الكلمات بجانب كل اسم تبيّن أي تحذير من التشنجات بعد التوقف المفاجئ يخص ذلك الدواء.
acting-short = قصيرة
acting-intermediate = متوسطة
acting-long = طويلة
acting-unknown = غير معروفة
warning-fast = يخرج من الجسم بسرعة
warning-longer = مفعوله أطول
warning-ask = غير معروف: تصرّف كأنه يخرج من الجسم بسرعة، واسأل الصيدلي
symptom = ما قد تلاحظه
what-to-do = ماذا تفعل
symptom-course = كيف يسير عادةً
symptoms-emergency-now = اتصل على {"{emergency}"} الآن
symptoms-emergency-note = للأفكار الانتحارية خط خاص بها: {"{crisis}"}. أما إذا كنت على وشك إيذاء نفسك أو تناولت كمية زائدة بالفعل، فاتصل على {"{emergency}"}.
symptoms-call-prescriber = أخبر الطبيب أو الممرض الذي يصف لك الدواء
symptoms-self-care = اعتنِ بنفسك، واذكر ذلك في زيارتك القادمة
symptoms-remark = لم يعتمد أي مختص سريري هذا الجدول بعد. القائمة ليست كاملة، ووجود هذه العلامات لا يثبت أن سببها أعراض الانسحاب. إذا كان أي شيء مفاجئًا أو شديدًا أو مخيفًا، فاطلب المساعدة في وقت أبكر.

# -- رسوم بالكلمات
chart-time = الوقت
path-of-care-title = من أول حديث إلى ما بعد ذلك
path-of-care-1-short = تحدث مع من يصف الدواء
path-of-care-2-short = انظرا معًا في كل شيء
path-of-care-3-short = اختارا معًا
path-of-care-4-short = دعم إلى جانب ذلك
path-of-care-5-short = ابقَ على تواصل
path-of-care-exit-short = في أي وقت: المستشفى أو مساعدة الأزمات
path-of-care-1 = تتحدث مع من يصف لك الدواء عن كيف يساعدك الدواء وما الذي يقلقك.
path-of-care-2 = تنظران معًا في صحتك وأدويتك الأخرى وحياتك.
path-of-care-3 = تختاران معًا: الاستمرار على الدواء مع مراجعات منتظمة، أو خفض الجرعة، أو الخفض التدريجي.
path-of-care-4 = يسير الدعم إلى جانب ذلك: العلاج النفسي، والمساعدة على النوم، والإرشاد، وأشخاص آخرون يعرفون الطريق.
path-of-care-5 = بعد ذلك تبقى على تواصل، ويسأل أحدهم عن حالك.
path-of-care-remark = يسير الطريق في الاتجاهين، والتوقف المؤقت بين الخطوات أمر طبيعي. وإذا صار الأمر خطيرًا، فرعاية المستشفى والمساعدة في الأزمات متاحتان في كل مرحلة.
taper-idea-title = فكرة الخفض التدريجي: رسم توضيحي فقط، وليس جدولًا للجرعات
taper-idea-up = الكمية
taper-idea-short = صورة للتوضيح فقط، وليست جدول جرعات
taper-idea-first-short = درجات غير متساوية، ووقفة، ودرجة أبطأ
taper-idea-second-short = درجات أصغر قرب النهاية
taper-idea-1 = تنخفض الجرعة بخطوات صغيرة، ولا تنخفض دفعة واحدة أبدًا.
taper-idea-2 = بين الخطوات تبقى الجرعة ثابتة، ما دام الجسم يحتاج إلى ذلك.
taper-idea-3 = الخطوة الصعبة جدًا تُجعل أصغر، أو تُؤجَّل.
taper-idea-4 = قرب النهاية تصبح الخطوات أصغر في كثير من الأحيان.
taper-idea-remark = لا توجد هنا كميات ولا تواريخ، لأنها تختلف من شخص إلى آخر. من يصف لك الدواء يحدد الخطوات معك.
half-life-title = عمر النصف: الفكرة فقط، وليست قياسًا لدوائك
half-life-up = المستوى في الجسم
half-life-first-short = قصير المفعول: قد يزول بين الجرعات
half-life-second-short = طويل المفعول: قد يتراكم
half-life-1 = الدواء القصير المفعول يخرج من الجسم بسرعة، وقد يزول مفعوله قبل الجرعة التالية.
half-life-2 = الدواء الطويل المفعول ينخفض ببطء. يبقى قليل من كل جرعة، ولذلك قد يتراكم.
half-life-table = ما يبقى بعد كل عمر نصف
half-life-passed = عدد أعمار النصف التي مرّت
half-life-left = نسبة الدواء المتبقية
half-life-remark = هذه هي الفكرة، وليست قياسًا لدوائك أنت. قد يكون عمر النصف ساعات أو أيامًا.

# -- البلدان
country-us = الولايات المتحدة
country-gb = المملكة المتحدة
country-ie = أيرلندا
country-ca = كندا
country-au = أستراليا
country-nz = نيوزيلندا
country-eu = الاتحاد الأوروبي
country-es = إسبانيا
country-mx = المكسيك
country-fr = فرنسا
country-de = ألمانيا
country-pr = بورتوريكو
country-xx = أي بلد

# -- النسخة التي تأخذها معك
start-here-text = هذه نسخة من المكتبة تعمل دون اتصال بالشبكة. افتحها بلغتك:
start-here-open = افتح المكتبة باللغة العربية
readme =
    { $name }

    هذا المجلد نسخة كاملة من المكتبة. لا يحتاج إلى شبكة ولا إلى برنامج خاص به.

    لقراءتها، افتح START-HERE.html في متصفح.
    لنشرها، انسخ المجلد كله إلى خادم ويب. تعمل على أي عنوان.

    تاريخ الإنشاء: { $date }.

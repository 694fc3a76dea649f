# نصوص الصفحات التي لا يكتبها أي مؤلف. ملف واحد لكل لغة؛ الإنجليزية كاملة، وتحل محل ما ينقص في لغة أخرى.
# تُملأ {"{emergency}"} وما يشبهها كما في المقالات.
# النص العربي مسودة. يجب أن يقرأه شخص لغته الأم العربية قبل نشره.

# -- كل الصفحات
skip-link = الانتقال إلى النص
strip-label = المساعدة عند الخطر
strip = هل أنت في خطر؟ اتصل على {"{emergency}"}. هل تفكّر في الانتحار؟ تواصل مع {"{crisis}"}.
strip-custody = هل أنت في خطر، أو تفكّر في الانتحار؟ أخبر الآن أقرب شخص من العاملين هنا، أو اضغط زر النداء.
breadcrumb-label = أنت هنا
languages-label = اللغات
language-name = العربية
language-of-page = هذا النص باللغة العربية
footer-label = عن هذه المكتبة
home-link = العودة إلى موقعنا
a-to-z = من الألف إلى الياء
print-hint = يمكنك طباعة هذه الصفحة.
redirect-text = انتقلت هذه الصفحة. اذهب إلى مكانها الجديد.
ask-care-team = اسأل فريق الرعاية الخاص بك
see = { $name }: انظر
unknown-page-title = هذه الصفحة ليست هنا
unknown-page-text = ربما تغيّر العنوان. يمكنك أن تجد كل الصفحات من الألف إلى الياء.

# -- تنبيهات فوق النص
label-unreviewed = لم يراجع هذه الصفحة أي مختص سريري بعد. تحدّث مع الطبيب أو المختص الذي يتابع حالتك قبل أن تغيّر أي شيء.
label-draft = هذه الصفحة مسودة. لم تكتمل بعد.
label-archived = هذه الصفحة محفوظة للتوثيق فقط. لم تعد تُحدَّث.
label-replaced = حلّت محل هذه الصفحة صفحة أحدث:
label-fallback = لم تُترجم هذه الصفحة بعد. النص أدناه باللغة الإنجليزية.
label-unchecked-translation = هذه الصفحة مترجمة. لم يراجع أحد الترجمة بعد.
label-machine-translation = ترجم هذه الصفحة برنامج حاسوبي. لم يراجع أحد الترجمة بعد.

# -- أجزاء الصفحة
key-points = النقاط الأساسية
next = الخطوة التالية
sources = المصادر
review = عن هذه الصفحة
related = صفحات ذات صلة
contents = في هذا القسم
footnotes = ملاحظات
footnote-mark = ملاحظة { $number }
footnote-back = العودة إلى النص
citation-label = المصدر { $number }
education = هذه الصفحة للتثقيف، وليست نصيحة طبية. تساعدك على التحدث مع الطبيب أو المختص الذي يتابع حالتك، ولا يمكنها أن تعرف وضعك.
not-reviewed = لم يراجعها أي مختص سريري بعد.
reviewed-on = آخر مراجعة: { $date }، المراجعة: { $people }.
review-due = موعد المراجعة القادمة: { $date }.
updated-on = آخر تعديل: { $date }.
written-by = الكتابة: { $people }.
source-checked = تاريخ الاطلاع: { $date }
source-not-read = ذُكر اعتمادًا على المعرفة العامة، ولم يُقرأ نصه من أجل هذه المكتبة
checked-on = تاريخ التحقق: { $date }.
checked-stored-page = قُرئ في نسخة محفوظة من صفحة الخدمة بتاريخ { $date }. لم نتصل بها بعد.

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
lead-a-to-z = كل صفحات هذه المكتبة، بالترتيب الأبجدي.
lead-glossary = معاني الكلمات في هذه المكتبة.
lead-helplines = عند الخطر، اتصل على {"{emergency}"}. تظهر أرقام بلدك أولًا.
lead-sources = الإرشادات والنشرات الرسمية للأدوية والدراسات التي تستند إليها صفحات هذه المكتبة.
lead-people = الأشخاص الذين يكتبون صفحات هذه المكتبة ويترجمونها ويراجعونها.
people-none = لم يُذكر اسم أحد بعد. حتى الآن لم يراجع أي مختص سريري أي صفحة من هذه المكتبة.

# -- جداول مصنوعة من البيانات
medicine = الدواء
medicine-acting = مدة مفعوله
medicine-half-life = عمر النصف
medicine-use = أكثر ما يُستخدم له
medicines-caption = الأدوية ومدة مفعولها
medicines-remark = لا تتفق المصادر تمامًا على الأدوية التي تُعد قصيرة المفعول أو طويلة المفعول. لا يذكر هذا الجدول شيئًا عن الجرعات. من يصف لك الدواء يحدد الخطوات معك.
acting-short = قصيرة
acting-intermediate = متوسطة
acting-long = طويلة
acting-unknown = غير معروفة
symptom = ما قد تلاحظه
what-to-do = ماذا تفعل
symptoms-emergency-now = اتصل على {"{emergency}"} الآن
symptoms-call-prescriber = أخبر من يصف لك الدواء
symptoms-self-care = اعتنِ بنفسك، واذكر ذلك في زيارتك القادمة
symptoms-remark = لم يعتمد أي مختص سريري هذا الجدول بعد. القائمة ليست كاملة، ووجود هذه العلامات لا يثبت أن سببها أعراض الانسحاب. إذا كان أي شيء مفاجئًا أو شديدًا أو مخيفًا، فاطلب المساعدة في وقت أبكر.

# -- رسوم بالكلمات
path-of-care-title = مسار الرعاية
path-of-care-1 = تتحدث مع من يصف لك الدواء عن كيف يساعدك الدواء وما الذي يقلقك.
path-of-care-2 = تنظران معًا في صحتك وأدويتك الأخرى وحياتك.
path-of-care-3 = تختاران معًا: الاستمرار على الدواء مع مراجعات منتظمة، أو خفض الجرعة، أو الخفض التدريجي.
path-of-care-4 = يسير الدعم إلى جانب ذلك: العلاج النفسي، والمساعدة على النوم، والإرشاد، وأشخاص آخرون يعرفون الطريق.
path-of-care-5 = بعد ذلك تبقى على تواصل، ويسأل أحدهم عن حالك.
path-of-care-remark = يسير الطريق في الاتجاهين، والتوقف المؤقت بين الخطوات أمر طبيعي. وإذا صار الأمر خطيرًا، فرعاية المستشفى والمساعدة في الأزمات متاحتان في كل مرحلة.
taper-idea-title = فكرة الخفض التدريجي: رسم توضيحي فقط، وليس جدولًا للجرعات
taper-idea-1 = تنخفض الجرعة بخطوات صغيرة، ولا تنخفض دفعة واحدة أبدًا.
taper-idea-2 = بين الخطوات تبقى الجرعة ثابتة، ما دام الجسم يحتاج إلى ذلك.
taper-idea-3 = الخطوة الصعبة جدًا تُجعل أصغر، أو تُؤجَّل.
taper-idea-4 = قرب النهاية تصبح الخطوات أصغر في كثير من الأحيان.
taper-idea-remark = لا توجد هنا كميات ولا تواريخ، لأنها تختلف من شخص إلى آخر. من يصف لك الدواء يحدد الخطوات معك.
half-life-title = ما يتبقى بعد كل عمر نصف (الفكرة فقط)
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
start-here-title = ابدأ هنا
start-here-text = هذه نسخة من المكتبة تعمل دون اتصال بالشبكة. افتحها بلغتك:
start-here-open = افتح المكتبة باللغة العربية
readme =
    { $name }

    هذا المجلد نسخة كاملة من المكتبة. لا يحتاج إلى شبكة ولا إلى برنامج خاص به.

    لقراءتها، افتح START-HERE.html في متصفح.
    لنشرها، انسخ المجلد كله إلى خادم ويب. تعمل على أي عنوان.

    تاريخ الإنشاء: { $date }.

# Los textos de las páginas que ningún autor escribe. Un archivo para cada idioma; el inglés está completo y reemplaza lo que falte en otro idioma.
# {"{emergency}"} y similares se llenan como en los artículos.
# El español es un borrador. Una persona hispanohablante debe leerlo antes de publicarlo.

# -- Todas las páginas
skip-link = Ir al texto
strip-label = Ayuda en caso de peligro
strip = ¿En peligro? Llame al {"{emergency}"}. ¿Piensa en el suicidio? {"{crisis}"}.
strip-custody = ¿En peligro, o piensa en el suicidio? Avise ahora al miembro del personal más cercano, o presione su botón de llamada.
home = Inicio
breadcrumb-label = Usted está aquí
languages-label = Idiomas
language-name = Español
language-of-page = Este texto está en español
footer-label = Sobre esta biblioteca
home-link = Volver a nuestro sitio web
a-to-z = De la A a la Z
print-hint = Puede llevarse esta página en papel.
print-button = Imprimir esta página
close = Cerrar
exit = Salir de este sitio
exit-prefix = Emergencia:
exit-two = Pulse la tecla Mayús 2 veces más para salir de este sitio.
exit-one = Pulse la tecla Mayús 1 vez más para salir de este sitio.
exit-stopped = Se quedó en este sitio.
exit-leaving = Cargando
redirect-text = Esta página cambió de lugar. Vaya a su nuevo lugar.
ask-care-team = pregunte a su equipo de atención
leads-to-helplines = por ahora: teléfonos de ayuda
see = { $name }: vea
unknown-page-title = Esta página no está aquí
unknown-page-text = Es posible que la dirección haya cambiado. Puede encontrar todas las páginas de la A a la Z.
unknown-page-lost = Es posible que la dirección haya cambiado. Vuelva a la página anterior o abra la primera página de esta biblioteca.

# -- Búsqueda; la página misma llena las palabras entre llaves
search = Buscar
search-label = Buscar en esta biblioteca
search-results = Resultados de la búsqueda
search-words = Usted buscó: {"{words}"}
search-count = Páginas encontradas: {"{count}"}
search-none = No se encontró ninguna página.
search-more = Mostrar más páginas
search-corrected = Ninguna página tiene la palabra «{"{word}"}». Estas son las páginas sobre «{"{meant}"}».
search-meant = Quizás quiso decir: {"{meant}"} Ninguna página tiene la palabra «{"{word}"}».
search-missing = Ninguna página trata del medicamento «{"{word}"}».
search-empty = Escriba una o dos palabras.
search-busy = Buscando …
search-back = Volver a la página
search-failed = No se pudo abrir la búsqueda. Inténtelo otra vez. Todas las páginas están en la lista de la A a la Z.
search-again = Intentar otra vez

# -- Avisos encima del texto
program = Un programa informático
from-source = { $source ->
    [ar] del árabe
    [en] del inglés
    [es] del español
   *[other] de otro idioma
}
in-source = { $source ->
    [ar] en árabe
    [en] en inglés
    [es] en español
   *[other] en otro idioma
}
label-program = Un programa informático escribió esta página.
label-program-sources = Un programa informático escribió esta página con las fuentes de abajo.
label-program-translated = Un programa informático tradujo esta página { from-source }.
label-program-both = Un programa informático escribió esta página y la tradujo { from-source }.
label-program-both-sources = Un programa informático escribió y tradujo esta página con las fuentes de abajo.
label-program-parts = Un programa informático escribió partes de esta página.
label-translated = Esta página se tradujo { from-source }.
label-unreviewed = Ningún profesional de salud ha revisado aún esta página.
label-unreviewed-it = Ningún médico la ha revisado aún.
label-unchecked-translation = Nadie ha revisado aún la traducción.
label-unchecked-both = Aún sin revisar por médicos ni traductores.
label-ask = Hable con su profesional de salud antes de cambiar algo.
label-draft = Esta página es un borrador. No está terminada.
label-archived = Esta página se conserva solo como registro. Ya no se actualiza.
label-replaced = Una página más nueva reemplaza a esta:
label-fallback = Aún sin traducir.
label-text = Traducción automática, aún sin revisar.
source-text = Texto original { in-source }

# -- Partes de una página
key-points = Puntos clave
words = Palabras de esta página
past-due = Esta copia debía revisarse en { $month }. Los consejos de emergencia siguen siendo válidos. No deje su medicamento por este aviso.
next = Qué hacer a continuación
sources = Fuentes
review = Sobre esta página
related = Páginas relacionadas
contents = En esta parte
none-reviewed = Aquí todavía no hay ninguna página revisada.
none-reviewed-help = Si necesita ayuda ahora:
footnotes = Notas
footnote-mark = Nota { $number }
footnote-back = Volver al texto
citation-label = Fuente { $number }
education = Esta página es educación, no consejo médico. Le ayuda a hablar con su profesional de salud y no puede conocer su situación.
reviewed-on = Última revisión: { $date }, por { $people }.
review-due = Próxima revisión: { $date }.
updated-on = Último cambio: { $date }.
written-by = Escrita por { $people }.
contributed-by = Con la colaboración de { $people }.
translated-by = Traducido por { $people }.
translation-checked-by = Traducción revisada por { $people }.
comma = ,
source-checked = consultada el { $date }
source-not-read = citada por conocimiento general; su texto no se leyó para esta biblioteca

# -- Recuadros: el título cuando el autor no escribió ninguno, y las palabras para quien escucha, antes del título
callout-emergency = Llame al {"{emergency}"} ahora
callout-urgent = Pida ayuda hoy
callout-nonurgent = Pregunte a su médico o en la farmacia
callout-steps = Qué hacer, paso a paso
callout-important = Importante
callout-note = Es bueno saberlo
callout-do = Qué hacer
callout-dont = Qué no hacer
callout-questions = Preguntas que puede hacer
callout-story = La historia de una persona
callout-more = Más sobre esto
callout-choices = ¿Qué necesita?
callout-stages = Paso a paso
callout-prefix-emergency = Hay que actuar de inmediato:
callout-prefix-urgent = Consejo urgente:
callout-prefix-nonurgent = Consejo:
callout-prefix-steps = {""}
callout-prefix-important = Importante:
callout-prefix-note = Información:
callout-prefix-do = {""}
callout-prefix-dont = {""}
callout-prefix-questions = {""}
callout-prefix-story = Historia:
callout-prefix-more = {""}
dont-prefix = no
dont-negations = no, nunca, jamás, tampoco, ni, nada, nadie, ningún, ninguna, evite, evita, eviten, evitar, por favor no, por favor nunca

# -- Palabras que se usan cuando falta un número o un nombre
stand-in-emergency = número local de emergencias
stand-in-crisis = número de crisis de su país
stand-in-poison = centro de toxicología local
stand-in-center-name = su centro de tratamiento
stand-in-center-phone = médico
stand-in-center-after-hours = número nocturno de su clínica
stand-in-center-address = su centro de tratamiento
stand-in-center-email = su centro de tratamiento
stand-in-center-website = el sitio web de su centro de tratamiento
call-or-text = { $call } (o { $text })

# -- Páginas hechas a partir de datos
title-a-to-z = De la A a la Z
title-glossary = Glosario
title-helplines = Teléfonos de ayuda
title-sources = Fuentes
title-people = Quién escribe y quién revisa
lead-a-to-z = { $count ->
    [one] La única página de esta biblioteca y sus otros nombres.
   *[other] Las { $count } páginas de esta biblioteca y sus otros nombres, en orden alfabético.
}
lead-glossary = Qué significan las palabras de esta biblioteca.
lead-helplines = En peligro, llame al {"{emergency}"}. Los números de su país aparecen primero.
lead-sources = Las guías, la información oficial de los medicamentos y los estudios en que se basan las páginas de esta biblioteca.
sources-none = Todavía ninguna página menciona una fuente.
checked-day = el { $date }
checked-days = entre el { $first } y el { $last }
checked-called = Llamamos o mandamos un mensaje a { $amount ->
    [all] estos números
   *[some] algunos de estos números
}{ $when }.
checked-own-site = Leímos { $amount ->
    [all] estos números
   *[some] algunos de estos números
} en el sitio web de cada servicio{ $when }.
checked-saved-page = Leímos { $amount ->
    [all] estos números
   *[some] algunos de estos números
} en una copia guardada de la página de cada servicio{ $when }.
checked-third-party = Algunos números (marcados con *) los leímos{ $when } en una página sobre el servicio, por ejemplo, de un gobierno o de una organización asociada, no en la página del propio servicio.
checked-general = { $amount ->
    [all] Los números de emergencia
   *[some] Algunos números de emergencia
} se publican en muchos lugares y no llevan fecha.
checked-advice = Si un número no funciona y es una emergencia, llame al número de emergencias; y avísenos.
center-publishes = { $name }, que ofrece tratamiento, publica estas páginas
center-publishes-unnamed = Un centro que ofrece tratamiento publica estas páginas
center-after-hours = de noche y los fines de semana
center-line-clinical = Le atiende personal clínico.
center-line-admissions = Esta línea es para pedir ingreso a tratamiento. No da consejos médicos, ni de día ni de noche.
lead-people = Quién escribe, traduce y revisa las páginas de esta biblioteca.
people-program-all = Un programa informático escribió todas las páginas de esta biblioteca.
people-program-some = Un programa informático escribió algunas páginas de esta biblioteca. Cada una lo dice.
people-program-translated = Un programa informático tradujo páginas de esta biblioteca { from-source }. Cada una lo dice.
people-reviewed-none = Ningún profesional de salud ha revisado todavía ninguna página de esta biblioteca.
people-reviewed-some = Profesionales clínicos han revisado algunas páginas de esta biblioteca. Cada una dice al final quién la revisó y cuándo.
people-reviewed-all = Profesionales clínicos han revisado todas las páginas de esta biblioteca con información de salud. Cada una dice al final quién la revisó y cuándo.
people-none = Aquí no se nombra todavía a ninguna persona.

# -- Tablas hechas a partir de datos
medicine = Medicamento
medicine-acting = Cuánto dura su acción
medicine-half-life = Vida media
medicine-use = Se usa sobre todo para
medicines-caption = Los medicamentos y cuánto dura su acción
medicines-remark = Las fuentes no coinciden del todo en qué medicamentos son de acción corta o de acción prolongada. Esta tabla no dice nada sobre dosis. Su médico o enfermera decide los pasos con usted. Las palabras junto a cada nombre dicen qué aviso sobre convulsiones corresponde a ese medicamento si se deja de golpe.
acting-short = corta
acting-intermediate = intermedia
acting-long = prolongada
acting-unknown = no se sabe
warning-fast = sale rápido del cuerpo
warning-longer = de acción más prolongada
warning-ask = no se sabe: actúe como si saliera rápido del cuerpo y pregunte en la farmacia
symptom = Lo que puede notar
what-to-do = Qué hacer
symptom-course = Cómo suele evolucionar
symptoms-emergency-now = Llame ahora al {"{emergency}"}
symptoms-emergency-note = Si piensa en el suicidio, llame al {"{crisis}"}. Pero si está a punto de hacerse daño o ya tomó demasiado medicamento, llame al {"{emergency}"}.
symptoms-call-prescriber = Avise a su médico o enfermera
symptoms-self-care = Cuídese y coméntelo en su próxima consulta
symptoms-remark = Ningún profesional de salud ha revisado aún esta lista. No está completa, y tener uno de estos síntomas no prueba que la causa sea la abstinencia. Si algo es repentino, fuerte o le asusta, pida ayuda antes.

# -- Diagramas en palabras
chart-time = tiempo
path-of-care-title = De la primera conversación a la vida después
path-of-care-1-short = Hablar con su médico
path-of-care-2-short = Mirar todo juntos
path-of-care-3-short = Elegir juntos
path-of-care-4-short = Recibir apoyo
path-of-care-5-short = Seguir en contacto
path-of-care-exit-short = En cualquier momento: hospital o ayuda en crisis
path-of-care-1 = Usted habla con su médico o enfermera sobre cómo le ayuda el medicamento y qué le preocupa.
path-of-care-2 = Juntos miran su salud, sus otros medicamentos y su vida.
path-of-care-3 = Deciden juntos: seguir con el medicamento y revisarlo con regularidad, quedarse en una dosis más baja, o bajarla poco a poco hasta dejarlo.
path-of-care-4 = Al mismo tiempo recibe apoyo: terapia, ayuda para dormir, consejería, personas que ya pasaron por esto.
path-of-care-5 = Después siguen en contacto, y alguien le pregunta cómo está.
path-of-care-remark = Siempre se puede volver un paso atrás, y una pausa es normal. Si se vuelve peligroso, la atención en el hospital y la ayuda en crisis están ahí en todo momento.
taper-idea-title = La idea de una reducción: solo una ilustración, no un calendario de dosis
taper-idea-up = cantidad
taper-idea-short = Solo una ilustración, no un plan de dosis
taper-idea-first-short = escalones desiguales, una pausa, un escalón más lento
taper-idea-second-short = escalones más pequeños cerca del final
taper-idea-1 = La dosis baja en pasos pequeños, nunca de golpe.
taper-idea-2 = Entre un paso y otro se mantiene igual, todo el tiempo que el cuerpo necesite.
taper-idea-3 = Un paso demasiado difícil se hace más pequeño, o espera.
taper-idea-4 = Cerca del final, los pasos suelen hacerse más pequeños.
taper-idea-remark = Aquí no hay cantidades ni fechas, porque son distintas para cada persona. Su médico o enfermera decide los pasos con usted.
half-life-title = La vida media: solo la idea, no una medida de su medicamento
half-life-up = nivel en el cuerpo
half-life-first-short = acción corta: puede pasar su efecto entre dosis
half-life-second-short = acción larga: puede acumularse
half-life-1 = Un medicamento de acción corta sale pronto del cuerpo. Su efecto puede pasar antes de la siguiente dosis.
half-life-2 = Un medicamento de acción larga baja despacio. Queda un poco de cada dosis, y por eso puede acumularse.
half-life-table = Lo que queda después de cada vida media
half-life-passed = Vidas medias que han pasado
half-life-left = Parte del medicamento que queda
half-life-remark = Esta es la idea, no una medida de su propio medicamento. Una vida media puede durar horas o días.

# -- Países
country-us = Estados Unidos
country-gb = Reino Unido
country-ie = Irlanda
country-ca = Canadá
country-au = Australia
country-nz = Nueva Zelanda
country-eu = Unión Europea
country-es = España
country-mx = México
country-fr = Francia
country-de = Alemania
country-pr = Puerto Rico
country-xx = Cualquier país

# -- La copia para llevar
start-here-text = Esta es una copia de la biblioteca que funciona sin conexión. Ábrala en su idioma:
start-here-open = Abrir la biblioteca en español
readme =
    { $name }

    Esta es una copia completa de esta biblioteca, con los textos tal como estaban el { $date }.
    Es para leer en casa: no necesita internet ni hay que instalar nada.

    Para abrirla:
    1. Si la recibió como archivo zip, primero saque de él todos los archivos.
       En Windows, haga clic en el archivo zip con el botón derecho y elija "Extraer todo".
       En una Mac, haga doble clic en él. En un teléfono o una tableta, tóquelo en la aplicación de archivos.
    2. Abra la carpeta y, en ella, el archivo START-HERE.html. Se abrirá en el navegador.

    Esta copia no cambia por sí sola. Si quiere una más reciente, pídasela a quien se la dio.

    Para quien administra un sitio web: copie toda la carpeta al servidor. Funciona en cualquier dirección.

(function (page) {
  var due = page.getAttribute("data-due");
  page.classList.add("js");
  if (due && new Date() > new Date(due + "T23:59:59")) page.classList.add("past-due");
})(document.documentElement);

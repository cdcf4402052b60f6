#pragma once
#include <cups/cups.h>
#include <cups/http.h>
#include <cups/ipp.h>

/* IPP_CONST_TAG is a function-like macro, which Swift's importer cannot see. */
static inline ipp_tag_t yichuang_const_tag(ipp_tag_t tag) {
  return (ipp_tag_t)(IPP_TAG_CUPS_CONST | tag);
}

package nl.keuzecatalogus.devnode.analysis;

/** What a token filter that stands before a synonym filter does to the synonym rules, as in the official module. */
enum InSynonymRules {
    /** The rules pass the filter as text does (stemmer, lower case). */
    APPLIED,
    /** The rules pass by it: a rule must not fall apart into several tokens at one position. */
    SKIPPED,
    /** The index is refused, for the filter makes a token graph that no rule can be read through. */
    REFUSED
}

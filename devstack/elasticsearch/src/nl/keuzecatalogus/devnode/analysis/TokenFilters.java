package nl.keuzecatalogus.devnode.analysis;

import java.io.IOException;
import java.util.Map;
import java.util.function.UnaryOperator;

import org.apache.lucene.analysis.CharArraySet;
import org.apache.lucene.analysis.TokenStream;
import org.apache.lucene.analysis.compound.DictionaryCompoundWordTokenFilter;
import org.apache.lucene.analysis.miscellaneous.SetKeywordMarkerFilter;
import org.apache.lucene.analysis.miscellaneous.StemmerOverrideFilter;
import org.apache.lucene.analysis.miscellaneous.WordDelimiterGraphFilter;
import org.apache.lucene.analysis.ngram.EdgeNGramTokenFilter;
import org.apache.lucene.analysis.snowball.SnowballFilter;
import org.elasticsearch.common.settings.Settings;
import org.elasticsearch.env.Environment;
import org.elasticsearch.index.analysis.Analysis;
import org.elasticsearch.index.analysis.TokenFilterFactory;
import org.elasticsearch.indices.analysis.AnalysisModule.AnalysisProvider;
import org.elasticsearch.plugins.AnalysisPlugin;
import org.tartarus.snowball.ext.DutchStemmer;

/** The token filters by their official names. */
final class TokenFilters {
    private TokenFilters() {}

    /** Reads a component's settings once and gives what its filter does to a token stream. */
    private interface Reading {
        UnaryOperator<TokenStream> read(Environment environment, Settings settings) throws IOException;
    }

    static Map<String, AnalysisProvider<TokenFilterFactory>> all() {
        return Map.of(
            "asciifolding", FoldingFilterFactory.provider(),
            "dictionary_decompounder", configured(
                KnownSettings.of("word_list", "word_list_path", "min_word_size", "min_subword_size", "max_subword_size",
                    "only_longest_match"),
                InSynonymRules.SKIPPED, TokenFilters::dictionaryDecompounder),
            "edge_ngram", optional(
                KnownSettings.of("min_gram", "max_gram", "preserve_original"), InSynonymRules.REFUSED, TokenFilters::edgeNgram),
            "keyword_marker", configured(
                KnownSettings.of("keywords", "keywords_path"), InSynonymRules.APPLIED, TokenFilters::keywordMarker),
            "stemmer", configured(KnownSettings.of("language", "name"), InSynonymRules.APPLIED, TokenFilters::stemmer),
            "stemmer_override", configured(
                KnownSettings.of("rules", "rules_path"), InSynonymRules.APPLIED, TokenFilters::stemmerOverride),
            "synonym_graph", AnalysisPlugin.requiresAnalysisSettings(
                (index, environment, name, settings) -> new SynonymGraphFactory(name, environment, settings)),
            "word_delimiter_graph", optional(
                KnownSettings.of("preserve_original", "catenate_words", "catenate_all"),
                InSynonymRules.REFUSED, TokenFilters::wordDelimiterGraph));
    }

    /** A filter that can do without settings of its own. */
    private static AnalysisProvider<TokenFilterFactory> optional(KnownSettings known, InSynonymRules rules, Reading reading) {
        return (index, environment, name, settings) -> {
            known.check(name, settings);
            return new FunctionFilterFactory(name, rules, reading.read(environment, settings));
        };
    }

    /** A filter that means nothing without settings, so that its bare name is refused. */
    private static AnalysisProvider<TokenFilterFactory> configured(KnownSettings known, InSynonymRules rules, Reading reading) {
        return AnalysisPlugin.requiresAnalysisSettings(optional(known, rules, reading));
    }

    private static UnaryOperator<TokenStream> dictionaryDecompounder(Environment environment, Settings settings) {
        CharArraySet words = Analysis.getWordSet(environment, settings, "word_list");
        if (words == null) {
            throw new IllegalArgumentException("dictionary_decompounder needs word_list or word_list_path");
        }
        int minWord = settings.getAsInt("min_word_size", 5);
        int minPart = settings.getAsInt("min_subword_size", 2);
        int maxPart = settings.getAsInt("max_subword_size", 15);
        boolean longestOnly = settings.getAsBoolean("only_longest_match", false);
        return input -> new DictionaryCompoundWordTokenFilter(input, words, minWord, minPart, maxPart, longestOnly);
    }

    private static UnaryOperator<TokenStream> edgeNgram(Environment environment, Settings settings) {
        int least = settings.getAsInt("min_gram", 1);
        int most = settings.getAsInt("max_gram", 2);
        boolean keepWhole = settings.getAsBoolean("preserve_original", false);
        return input -> new EdgeNGramTokenFilter(input, least, most, keepWhole);
    }

    private static UnaryOperator<TokenStream> keywordMarker(Environment environment, Settings settings) {
        CharArraySet words = Analysis.getWordSet(environment, settings, "keywords");
        if (words == null) {
            throw new IllegalArgumentException("keyword_marker needs keywords or keywords_path");
        }
        return input -> new SetKeywordMarkerFilter(input, words);
    }

    private static UnaryOperator<TokenStream> stemmer(Environment environment, Settings settings) {
        String language = settings.get("language", settings.get("name", "porter"));
        if (!language.equals("dutch")) {
            throw new IllegalArgumentException("this development node has the dutch stemmer alone, not [" + language + "]");
        }
        return input -> new SnowballFilter(input, new DutchStemmer());
    }

    /** A rule is "fiets, fietsen => fiets". */
    private static UnaryOperator<TokenStream> stemmerOverride(Environment environment, Settings settings) throws IOException {
        var builder = new StemmerOverrideFilter.Builder(false);
        for (String rule : Rules.read(environment, settings, "rules")) {
            Rules.Sides sides = Rules.split(rule);
            if (sides.right().isEmpty() || sides.right().contains(",")) {
                throw new IllegalArgumentException("the rule [" + rule + "] must have one word after =>");
            }
            for (String word : sides.left().split(",")) {
                builder.add(word.trim(), sides.right());
            }
        }
        var overrides = builder.build();
        return input -> new StemmerOverrideFilter(input, overrides);
    }

    private static UnaryOperator<TokenStream> wordDelimiterGraph(Environment environment, Settings settings) {
        int flags = WordDelimiterGraphFilter.GENERATE_WORD_PARTS
            | WordDelimiterGraphFilter.GENERATE_NUMBER_PARTS
            | WordDelimiterGraphFilter.SPLIT_ON_CASE_CHANGE
            | WordDelimiterGraphFilter.SPLIT_ON_NUMERICS
            | WordDelimiterGraphFilter.STEM_ENGLISH_POSSESSIVE
            | (settings.getAsBoolean("preserve_original", false) ? WordDelimiterGraphFilter.PRESERVE_ORIGINAL : 0)
            | (settings.getAsBoolean("catenate_words", false) ? WordDelimiterGraphFilter.CATENATE_WORDS : 0)
            | (settings.getAsBoolean("catenate_all", false) ? WordDelimiterGraphFilter.CATENATE_ALL : 0);
        return input -> new WordDelimiterGraphFilter(input, flags, null);
    }
}

package nl.keuzecatalogus.devnode.analysis;

import java.io.IOException;
import java.io.StringReader;
import java.text.ParseException;
import java.util.List;
import java.util.function.Function;

import org.apache.lucene.analysis.Analyzer;
import org.apache.lucene.analysis.TokenStream;
import org.apache.lucene.analysis.Tokenizer;
import org.apache.lucene.analysis.core.WhitespaceTokenizer;
import org.apache.lucene.analysis.synonym.SolrSynonymParser;
import org.apache.lucene.analysis.synonym.SynonymGraphFilter;
import org.apache.lucene.analysis.synonym.SynonymMap;
import org.elasticsearch.common.settings.Settings;
import org.elasticsearch.env.Environment;
import org.elasticsearch.index.IndexService.IndexCreationContext;
import org.elasticsearch.index.analysis.AbstractTokenFilterFactory;
import org.elasticsearch.index.analysis.CharFilterFactory;
import org.elasticsearch.index.analysis.TokenFilterFactory;
import org.elasticsearch.index.analysis.TokenizerFactory;

/** Synonyms in Solr's form; their rules are read through the part of the chain that stands before the filter. */
final class SynonymGraphFactory extends AbstractTokenFilterFactory {
    private static final KnownSettings KNOWN = KnownSettings.of("synonyms", "synonyms_path", "expand");
    private final List<String> rules;
    private final boolean expand;

    SynonymGraphFactory(String name, Environment environment, Settings settings) {
        super(name);
        KNOWN.check(name, settings);
        rules = Rules.read(environment, settings, "synonyms");
        expand = settings.getAsBoolean("expand", true);
    }

    @Override
    public TokenStream create(TokenStream input) {
        throw new IllegalStateException("synonyms are read through their chain only");
    }

    @Override
    public TokenFilterFactory getChainAwareTokenFilterFactory(
        IndexCreationContext context,
        TokenizerFactory tokenizer,
        List<CharFilterFactory> charFilters,
        List<TokenFilterFactory> before,
        Function<String, TokenFilterFactory> allFilters
    ) {
        SynonymMap synonyms = parse(chain(tokenizer, before.stream().map(TokenFilterFactory::getSynonymFilter).toList()));
        // A later synonym filter reads its rules past this one, which would stack tokens at one position.
        return new FunctionFilterFactory(name(), InSynonymRules.SKIPPED,
            input -> synonyms.fst == null ? input : new SynonymGraphFilter(input, synonyms, false));
    }

    private static Analyzer chain(TokenizerFactory tokenizer, List<TokenFilterFactory> filters) {
        return new Analyzer() {
            @Override
            protected TokenStreamComponents createComponents(String field) {
                Tokenizer source = tokenizer == null ? new WhitespaceTokenizer() : tokenizer.create();
                TokenStream stream = source;
                for (TokenFilterFactory filter : filters) {
                    stream = filter.create(stream);
                }
                return new TokenStreamComponents(source, stream);
            }
        };
    }

    private SynonymMap parse(Analyzer chain) {
        var parser = new SolrSynonymParser(true, expand, chain);
        try {
            parser.parse(new StringReader(String.join("\n", rules)));
            return parser.build();
        } catch (IOException | ParseException e) {
            throw new IllegalArgumentException("the synonyms of [" + name() + "] cannot be read: " + e.getMessage(), e);
        }
    }
}

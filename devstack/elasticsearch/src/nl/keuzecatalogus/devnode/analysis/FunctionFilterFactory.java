package nl.keuzecatalogus.devnode.analysis;

import java.util.function.UnaryOperator;

import org.apache.lucene.analysis.TokenStream;
import org.elasticsearch.index.analysis.AbstractTokenFilterFactory;
import org.elasticsearch.index.analysis.TokenFilterFactory;

/** A token filter factory around a function that wraps a token stream. */
final class FunctionFilterFactory extends AbstractTokenFilterFactory {
    private final UnaryOperator<TokenStream> wrap;
    private final InSynonymRules inSynonymRules;

    FunctionFilterFactory(String name, InSynonymRules inSynonymRules, UnaryOperator<TokenStream> wrap) {
        super(name);
        this.wrap = wrap;
        this.inSynonymRules = inSynonymRules;
    }

    @Override
    public TokenStream create(TokenStream input) {
        return wrap.apply(input);
    }

    @Override
    public TokenFilterFactory getSynonymFilter() {
        return switch (inSynonymRules) {
            case APPLIED -> this;
            case SKIPPED -> IDENTITY_FILTER;
            case REFUSED -> throw new IllegalArgumentException("Token filter [" + name() + "] cannot be used to parse synonyms");
        };
    }
}

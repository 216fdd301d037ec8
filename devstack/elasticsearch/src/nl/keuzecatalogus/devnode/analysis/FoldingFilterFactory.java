package nl.keuzecatalogus.devnode.analysis;

import org.apache.lucene.analysis.TokenStream;
import org.apache.lucene.analysis.miscellaneous.ASCIIFoldingFilter;
import org.elasticsearch.index.analysis.AbstractTokenFilterFactory;
import org.elasticsearch.index.analysis.NormalizingTokenFilterFactory;
import org.elasticsearch.index.analysis.TokenFilterFactory;
import org.elasticsearch.indices.analysis.AnalysisModule.AnalysisProvider;

/** "é" becomes "e". Usable in a normalizer; there, and in synonym rules, the original is never kept beside it. */
final class FoldingFilterFactory extends AbstractTokenFilterFactory implements NormalizingTokenFilterFactory {
    private final boolean preserveOriginal;

    private FoldingFilterFactory(String name, boolean preserveOriginal) {
        super(name);
        this.preserveOriginal = preserveOriginal;
    }

    static AnalysisProvider<TokenFilterFactory> provider() {
        KnownSettings known = KnownSettings.of("preserve_original");
        return (index, environment, name, settings) -> {
            known.check(name, settings);
            return new FoldingFilterFactory(name, settings.getAsBoolean("preserve_original", false));
        };
    }

    @Override
    public TokenStream create(TokenStream input) {
        return new ASCIIFoldingFilter(input, preserveOriginal);
    }

    @Override
    public TokenStream normalize(TokenStream input) {
        return new ASCIIFoldingFilter(input, false);
    }

    @Override
    public TokenFilterFactory getSynonymFilter() {
        return preserveOriginal ? new FoldingFilterFactory(name(), false) : this;
    }
}

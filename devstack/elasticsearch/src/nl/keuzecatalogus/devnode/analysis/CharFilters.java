package nl.keuzecatalogus.devnode.analysis;

import java.io.Reader;
import java.util.Map;
import java.util.function.UnaryOperator;

import org.apache.lucene.analysis.charfilter.HTMLStripCharFilter;
import org.apache.lucene.analysis.charfilter.MappingCharFilter;
import org.apache.lucene.analysis.charfilter.NormalizeCharMap;
import org.elasticsearch.common.settings.Settings;
import org.elasticsearch.env.Environment;
import org.elasticsearch.index.analysis.AbstractCharFilterFactory;
import org.elasticsearch.index.analysis.CharFilterFactory;
import org.elasticsearch.index.analysis.NormalizingCharFilterFactory;
import org.elasticsearch.indices.analysis.AnalysisModule.AnalysisProvider;
import org.elasticsearch.plugins.AnalysisPlugin;

/** The character filters by their official names. */
final class CharFilters {
    private CharFilters() {}

    static Map<String, AnalysisProvider<CharFilterFactory>> all() {
        return Map.of("html_strip", htmlStrip(), "mapping", AnalysisPlugin.requiresAnalysisSettings(mapping()));
    }

    private static AnalysisProvider<CharFilterFactory> htmlStrip() {
        return (index, environment, name, settings) -> {
            KnownSettings.none().check(name, settings);
            return new AbstractCharFilterFactory(name) {
                @Override
                public Reader create(Reader reader) {
                    return new HTMLStripCharFilter(reader);
                }
            };
        };
    }

    private static AnalysisProvider<CharFilterFactory> mapping() {
        KnownSettings known = KnownSettings.of("mappings", "mappings_path");
        return (index, environment, name, settings) -> {
            known.check(name, settings);
            NormalizeCharMap map = charMap(environment, settings);
            return new NormalizingFactory(name, reader -> new MappingCharFilter(map, reader));
        };
    }

    private static NormalizeCharMap charMap(Environment environment, Settings settings) {
        var builder = new NormalizeCharMap.Builder();
        for (String rule : Rules.read(environment, settings, "mappings")) {
            Rules.Sides sides = Rules.split(rule);
            builder.add(sides.left(), sides.right());
        }
        return builder.build();
    }

    /** Usable in a normalizer too, as the official one is. */
    private static final class NormalizingFactory extends AbstractCharFilterFactory implements NormalizingCharFilterFactory {
        private final UnaryOperator<Reader> wrap;

        NormalizingFactory(String name, UnaryOperator<Reader> wrap) {
            super(name);
            this.wrap = wrap;
        }

        @Override
        public Reader create(Reader reader) {
            return wrap.apply(reader);
        }
    }
}

package logyard.architecture;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.JavaClass;
import org.jspecify.annotations.NullMarked;

/** A class whose package says that nothing in it is null unless it says so. */
final class PackageIsNullMarked extends DescribedPredicate<JavaClass> {
    PackageIsNullMarked() {
        super("a package that is @NullMarked");
    }

    @Override
    public boolean test(JavaClass type) {
        return type.getPackage().isAnnotatedWith(NullMarked.class);
    }
}

import io.github.cdkmaven.world.InvokedBuild
import io.github.cdkmaven.world.MavenMatrix

InvokedBuild.of(context).withCloseable { build -> MavenMatrix.of(build).assertRan(System.getProperty('java.specification.version')) }
true

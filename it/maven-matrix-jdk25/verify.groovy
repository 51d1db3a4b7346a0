import io.github.cdkmaven.world.InvokedBuild
import io.github.cdkmaven.world.MavenMatrix

InvokedBuild.of(context).withCloseable { build -> MavenMatrix.ofEnds(build).assertRan('25') }
true

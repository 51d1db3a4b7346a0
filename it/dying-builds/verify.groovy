import io.github.cdkmaven.world.DyingBuilds
import io.github.cdkmaven.world.InvokedBuild

InvokedBuild.of(context).withCloseable { build ->
    assert build.cdk().status().contains('Minishift:  Stopped')
}
new DyingBuilds(basedir, localRepositoryPath).run('.*')
true

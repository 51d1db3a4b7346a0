io.github.cdkmaven.world.InvokedBuild.prepare(basedir, context, 'cdk-3.15')
true

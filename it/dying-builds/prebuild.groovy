io.github.cdkmaven.world.InvokedBuild.prepare(basedir, context, 'cdk-3.10')
true

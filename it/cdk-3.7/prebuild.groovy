io.github.cdkmaven.world.InvokedBuild.prepare(basedir, context, 'cdk-3.7')
true

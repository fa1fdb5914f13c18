#ifndef REFUSED_V1_MQH
#define REFUSED_V1_MQH
void F(void)
  {
   for(int i=0; i<3; i++)
     {
     }
   for(int i=0; i<3; i++)
     {
     }
  }
#endif
// refused: duplicate-local at 8:12
